"""Places: every screen one can go to, and where its code is; it is imported when it is opened."""

from __future__ import annotations

from importlib import import_module

from kam_tui.domain.errors import NotFound, did_you_mean
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.tui.screens.desk import Desk

TODAY = "today"

PLACES = {
    TODAY: "today.Today",
    "accounts": "accounts.Accounts",
    "people": "people.People",
    "agenda": "agenda.WholeAgenda",
    "history": "history.History",
    "portfolio": "portfolio.PortfolioDesk",
    "change": "change.ChangePage",
    "account": "account.AccountPage",
    "contact": "contact.ContactPage",
    "search": "search.Search",
    "settings": "settings.SettingsDesk",
    "import": "bring_in.BringIn",
    "help": "help.Help",
}
"""Name of a place to its module and class in this room."""

OF_RECORDS = ("change", "account", "contact")
"""Places that show one record, and are nothing without it."""

KEPT = (TODAY, "accounts", "people", "agenda", "portfolio")
"""Places that stay as they were left: filter, order and highlight."""

FOUND_AGAIN = (*KEPT, "search")
"""Places that open as they were left, also when kam has been closed in between."""


def place_called(text: str) -> str:
    """The place that somebody means who wants to begin there. Raises NotFound with the nearest one."""
    places = [place for place in PLACES if place not in OF_RECORDS]
    if text.lower() in places:
        return text.lower()
    import difflib

    near = difflib.get_close_matches(text.lower(), places, 1)
    hint = did_you_mean(near) or _("There are {names}.").format(names=", ".join(places))
    raise NotFound(_("There is no screen {name}.").format(name=clean(text)), hint)


def screen_for(place: str) -> type[Desk]:
    """The class of a place's screen."""
    module, _dot, name = PLACES[place].partition(".")
    found: type[Desk] = getattr(import_module(f"kam_tui.tui.screens.{module}"), name)
    return found
