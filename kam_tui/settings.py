"""Settings: one table of what can be set, each documented where it is declared; see `settings_reader`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_tui.domain.dates.partial_date import LEAP_RULES
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.errors import Invalid
from kam_tui.domain.frozen import frozen, later
from kam_tui.domain.text import clean
from kam_tui.i18n import _

if TYPE_CHECKING:  # a capture asks for none of their tables
    from kam_tui.domain.lead import Lead
    from kam_tui.domain.pace import Pace
    from kam_tui.domain.play import Play


class Words(dict[str, str]):
    """Texts, each under a name of the person's own choice, as a table `[name]` has them; never changed."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


def _usual_leads() -> tuple[Lead, ...]:
    from kam_tui.domain.lead import LEADS

    return LEADS


def _usual_playbook() -> tuple[Play, ...]:
    from kam_tui.domain.play import PLAYBOOK

    return PLAYBOOK


@frozen
class Settings:
    """Everything a person can set, with its default."""

    book: str = ""
    """Folder of the book; empty for the platform's data folder. `--book` and `$KAM_BOOK` come first."""

    language: str = "en"
    """Language of the program, an ISO 639 code; so far there is English alone."""

    timezone: str = ""
    """IANA name of the zone times are said in; empty for the computer's own."""

    date_order: str = ""
    """How `3/4` is read: `dmy` or `mdy`. Empty: it is refused, since it could be either."""

    country: str = ""
    """Whose public holidays are no working days: an ISO 3166 code (`FI`, `DE-BY`). Empty: those
    of none, so Monday to Friday are working days."""

    leap_day: str = "feb28"
    """Where a 29 February is kept in common years: `feb28` or `mar1`."""

    cadence_key: int = 14
    """Days between real touches of a key account; 0 for no cadence."""

    cadence_growth: int = 30
    """Days between real touches of a growth account; 0 for no cadence."""

    cadence_standard: int = 90
    """Days between real touches of any other account; 0 for no cadence."""

    cadence_maximum: int = 150
    """When somebody counts as cold: after so many percent of their cadence, 100 or more."""

    gift_budget_key: str = ""
    """What may be given to a key account in a year, such as `100 EUR`; `0 EUR` for no gifts, empty for no
    budget."""

    gift_budget_growth: str = ""
    """What may be given to a growth account in a year."""

    gift_budget_standard: str = ""
    """What may be given to any other account in a year."""

    lead_birthday: int = 7
    """Days before a birthday that it comes up."""

    name_day_calendar: str = ""
    """A file of name days of your own: CSV (`11-24,Lempi,Lemmikki`) or iCalendar. Empty for none."""

    name_days: bool = True
    """Whether the name days of that file come up."""

    lead_occasion: int = 7
    """Days before any other occasion that it comes up."""

    lead_promise: int = 2
    """Days before its day that a promise comes up."""

    lead_contract: int = 30
    """Days before its last day of notice, and before its end, that a contract comes up."""

    grace_days: int = 14
    """How many days after its day an occasion can still be made up for; then it is told as missed."""

    belated_days: int = 7
    """How many days back a person or account that is new in the book may have an occasion to make up for."""

    keep_history_days: int = 0
    """Days that every change surely stays in the history; older ones may go. 0 keeps all of it."""

    backups: bool = True
    """Whether kam backs the book up by itself: daily, and before imports and restores."""

    backup_recipient: str = ""
    """Whom backups are sealed for: `age1…` or an SSH public key, several with commas. Empty: they are not."""

    thank_after_sale: bool = True
    """Whether a sale asks for a thank-you call on the next working day."""

    theme: str = ""
    """Theme of the screen: `dark`, `light`, `contrast`, `ansi` or one of Textual's; empty for what the
    terminal can show."""

    reopen: bool = False
    """Whether the screen opens where it was left; else on Today. Filters and orders are kept either way."""

    mouse: bool = True
    """Whether the screen takes the mouse; else the terminal keeps it, for selecting and copying."""

    channels: str = "desktop"
    """Where the daily digest goes: `mail`, `desktop`, `stdout`, `apprise` or `file:PATH`; several with
    commas."""

    digest_time: str = "07:30"
    """When the daily digest goes, as `kam schedule` sets it up."""

    quiet_from: str = ""
    """From when on nothing rings, such as `22:00`; empty for never. What comes due rings at the end."""

    quiet_until: str = ""
    """When it rings again, such as `07:00`."""

    bell: bool = False
    """Whether the terminal's bell sounds when a reminder comes due while the screen is open."""

    mail_server: str = ""
    """The server that takes mail: `smtp.example.com`, or with its port `smtp.example.com:587`."""

    mail_security: str = "starttls"
    """How the way to it is kept secret: `starttls`, `tls`, or `none` for a server on this computer."""

    mail_user: str = ""
    """The name to log in with; empty for a server that asks for none."""

    mail_password_command: str = ""
    """A command that prints the password, such as `pass show mail`. Empty: `keyring get kam` and the name."""

    apprise_command: str = ""
    """A command that prints addresses of apprise, one on a line, such as `pass show apprise`."""

    mail_from: str = ""
    """The address that mail comes from; empty for the first one of `mail_to`."""

    mail_to: str = ""
    """The addresses that mail goes to, several with commas."""

    keys: Words = Words()
    """Keys of the screen in place of the usual ones: name of a command to its keys, with commas between."""

    segments: Words = Words()
    """Queries that have a name of their own: `segment:NAME` means them, in any other query too."""

    templates: Words = Words()
    """Lines that you write again and again: a name to a line with the blanks {who}, {account}, {today} and
    {text}, such as visit = "@{who} {text} remind: in 2 weeks ask how it goes"."""

    lead: tuple[Lead, ...] = later(_usual_leads)
    """What is done for an occasion, and how many days before it. Of the rows that fit, the first of each
    action counts."""

    cadence: tuple[Pace, ...] = ()
    """Cadences of some accounts, before those of the tiers: the first row that fits counts."""

    playbook: tuple[Play, ...] = later(_usual_playbook)
    """What sales, messages, meetings and complaints ask for, and when. Rows of one's own take the place of
    all the usual ones."""

    def __post_init__(self) -> None:
        """Raise Invalid for a value outside its choices."""
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise Invalid(
                    _("Setting {name}: {value} is not one of {choices}.").format(
                        name=name, value=getattr(self, name), choices=", ".join(repr(c) for c in choices)
                    )
                )
        for name in TIMES:
            if not _is_time(getattr(self, name), name != "digest_time"):
                raise Invalid(
                    _("Setting {name}: {value} is no time of day such as 07:30.").format(
                        name=name, value=getattr(self, name) or '""'
                    )
                )
        for name in GIFT_BUDGETS.values():
            if typed := getattr(self, name):
                _check_money(name, typed)
        if "apprise:" in self.channels:
            raise Invalid(
                _("Setting channels: an address of apprise is a secret, and does not belong there."),
                _("Have apprise_command print it, and use the channel apprise."),
            )
        if bool(self.quiet_from) != bool(self.quiet_until):
            raise Invalid(_("Settings quiet_from and quiet_until are set together, or not at all."))
        for name, sort in Settings.__annotations__.items():
            if sort == "int" and not 0 <= (value := getattr(self, name)) <= 3660:
                raise Invalid(
                    _("Setting {name}: {value} is not between 0 and 3660 days.").format(
                        name=name, value=value
                    )
                )
        if self.cadence_maximum < 100:
            raise Invalid(
                _("Setting cadence_maximum: {value} percent is less than the cadence itself.").format(
                    value=self.cadence_maximum
                )
            )
        if self.templates:
            _check_templates(self.templates)

    @property
    def reading(self) -> Reading:
        """How this person's dates are read; `Reading.at` gives it the time."""
        return Reading(self.date_order, self.country)

    def cadence_of(self, tier: str) -> int:
        """Days between touches of a tier; 0 for none."""
        return {"key": self.cadence_key, "growth": self.cadence_growth}.get(tier, self.cadence_standard)

    def gift_budget_of(self, tier: str) -> str:
        """What may be given to an account of a tier in a year, as amounts are kept; empty for no budget."""
        from kam_tui.domain.money import read_money

        typed: str = getattr(self, GIFT_BUDGETS.get(tier, "gift_budget_standard"))
        return read_money(typed) if typed else ""


def _check_money(name: str, typed: str) -> None:
    """Raise Invalid naming a setting that is no amount."""
    from kam_tui.domain.money import read_money

    try:
        read_money(typed)
    except ValueError as problem:
        raise Invalid(
            _("Setting {name}: {problem}").format(name=name, problem=problem),
            _("Leave it empty for none."),
        ) from None


def _check_templates(templates: Words) -> None:
    """Raise Invalid naming a template whose blanks are not known."""
    from kam_tui.domain import template

    for name, line in templates.items():
        try:
            template.check(line)
        except Invalid as problem:
            where = _("Setting templates, {name}").format(name=clean(name))
            raise Invalid(f"{where}: {problem}", problem.hint) from None


CHOICES: dict[str, tuple[str, ...]] = {
    "date_order": ("", "dmy", "mdy"),
    "leap_day": LEAP_RULES,
    "mail_security": ("starttls", "tls", "none"),
}
"""Settings that take one of a few words."""

GIFT_BUDGETS = {
    "key": "gift_budget_key",
    "growth": "gift_budget_growth",
    "standard": "gift_budget_standard",
}
"""Tier to the setting that says what may be given in a year."""

TIMES = ("digest_time", "quiet_from", "quiet_until")
"""Settings that take a time of day."""


def _is_time(text: str, may_be_empty: bool) -> bool:
    hours, mark, minutes = text.partition(":")
    if not text:
        return may_be_empty
    if not (mark and len(text) == 5 and (hours + minutes).isascii() and (hours + minutes).isdigit()):
        return False
    return hours < "24" and minutes < "60"
