"""Places: every screen one can go to, and where its code is; it is imported when it is opened."""

from __future__ import annotations

from importlib import import_module

from kam_tui.tui.screens.desk import Desk

TODAY = "today"

PLACES = {
    TODAY: "today.Today",
    "accounts": "accounts.Accounts",
    "people": "people.People",
    "history": "history.History",
    "change": "change.ChangePage",
    "account": "account.AccountPage",
    "contact": "contact.ContactPage",
    "search": "search.Search",
    "help": "help.Help",
}
"""Name of a place to its module and class in this room."""

KEPT = (TODAY, "accounts", "people")
"""Places that stay as they were left: filter, order and highlight."""


def screen_for(place: str) -> type[Desk]:
    """The class of a place's screen."""
    module, _dot, name = PLACES[place].partition(".")
    found: type[Desk] = getattr(import_module(f"kam_tui.tui.screens.{module}"), name)
    return found
