"""Settings: one table of what can be set, read from a TOML file, each documented where it is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kam_tui.domain.errors import Invalid
from kam_tui.domain.frozen import defaults_of, frozen, later
from kam_tui.domain.partial_date import LEAP_RULES
from kam_tui.domain.reading import Reading
from kam_tui.domain.text import clean
from kam_tui.i18n import N_, _

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
    """Language of the program, an ISO 639 code."""

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

TIMES = ("digest_time", "quiet_from", "quiet_until")
"""Settings that take a time of day."""


def _is_time(text: str, may_be_empty: bool) -> bool:
    hours, mark, minutes = text.partition(":")
    if not text:
        return may_be_empty
    if not (mark and len(text) == 5 and (hours + minutes).isascii() and (hours + minutes).isdigit()):
        return False
    return hours < "24" and minutes < "60"


def load(path: str) -> Settings:
    """The settings in the TOML file at `path`; the defaults where there is no file.

    Raises Invalid naming the file for TOML that cannot be read, an unknown name (with the nearest
    known one) or a value of the wrong sort.
    """
    try:
        with open(path, "rb") as file:
            text = file.read()
    except FileNotFoundError:
        return Settings()
    except OSError as problem:
        raise Invalid(
            _("The settings {path} cannot be read: {problem}.").format(path=path, problem=problem.strerror)
        ) from None
    return read(text, path)


def read(text: bytes, path: str) -> Settings:
    """The settings in the text of a file at `path`. Raises Invalid as `load` does."""
    import tomllib

    try:
        table = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Invalid(
            _("The settings {path} are not TOML: {problem}.").format(path=path, problem=problem)
        ) from None
    where = _("The settings {path}").format(path=path)
    for name, value in table.items():
        _check(Settings, name, value, where)
    segments = Words(table.get("segments", {}))
    _check_segments(segments, where)
    values: dict[str, Any] = {}
    for name, value in table.items():
        values[name] = Words(value) if isinstance(value, dict) else value
        if name in ROWS:
            values[name] = _rows(name, value, segments, where)
    return Settings(**values)


def _check_segments(segments: Words, where: str) -> None:
    """Raise Invalid for a segment that no query could name, or whose query cannot be read."""
    if segments:
        from kam_tui.domain.query import Query
        from kam_tui.domain.text import fold
    for name, text in segments.items():
        here = _("{where}, segment {name}").format(where=where, name=clean(name) or '""')
        if not fold(name) or '"' in name or [fold(each) for each in segments].count(fold(name)) > 1:
            raise Invalid(
                _("{where}: it needs a name of its own, in letters or digits, without quotes.").format(
                    where=here
                )
            )
        try:
            Query.read(text, Words({other: words for other, words in segments.items() if other != name}))
        except Invalid as problem:
            raise Invalid(f"{here}: {problem}", problem.hint) from None


def _rows(table: str, rows: list[dict[str, Any]], segments: Words, where: str) -> tuple[Any, ...]:
    """What stands under the headings of a table. Raises Invalid naming the file, the table and the row."""
    row = ROWS[table]()
    made = tuple(_row(row, table, each, at, segments, where) for at, each in enumerate(rows, 1))
    names = [play.name for play in made] if table == "playbook" else []
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Invalid(_("Setting playbook: two rows are called {name}.").format(name=twice))
    return made


def _row(row: Any, table: str, values: Mapping[str, Any], at: int, segments: Words, where: str) -> Any:
    """One row of a table. Raises Invalid naming the file, the table and the row."""
    where = _("{where}, row {number} of [[{table}]]").format(where=where, number=at, table=table)
    for name, value in values.items():
        _check(row, name, value, where)
    missing = row.__annotations__.keys() - defaults_of(row).keys() - values.keys()
    if missing:
        raise Invalid(_("{where}: it needs {names}.").format(where=where, names=", ".join(sorted(missing))))
    try:
        if query := values.get("where"):
            from kam_tui.domain.query import Query

            if "due" in Query.read(query, segments).asks:
                raise Invalid(
                    _("{query} asks what is due, which follows from these rows").format(query=query)
                )
        return row(**values)
    except (ValueError, Invalid) as problem:
        said = str(problem).rstrip(".")
        raise Invalid(f"{where}: {said}.", getattr(problem, "hint", "")) from None


def _check(kind: type, name: str, value: object, where: str) -> None:
    """Raise Invalid for a name that is unknown to Settings or to a row, and for a value of another sort."""
    sorts = kind.__annotations__
    if name not in sorts:
        import difflib

        near = difflib.get_close_matches(name, sorts, 1)
        hint = _("Did you mean {names}?").format(names=near[0]) if near else ""
        raise Invalid(_("{where} hold an unknown name: {name}.").format(where=where, name=clean(name)), hint)
    sort, told = _SORTS.get(sorts[name], (list, N_("rows, each under [[{name}]]")))
    parts = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    part = str if sort is dict else dict
    if type(value) is not sort or not all(type(each) is part for each in parts):
        raise Invalid(
            _("{where}: {name} takes {sort}, not {value}.").format(
                where=where, name=name, sort=_(told).format(name=name), value=clean(str(value))
            )
        )


def _lead() -> type[Lead]:
    from kam_tui.domain.lead import Lead

    return Lead


def _play() -> type[Play]:
    from kam_tui.domain.play import Play

    return Play


def _pace() -> type[Pace]:
    from kam_tui.domain.pace import Pace

    return Pace


ROWS: dict[str, Callable[[], Any]] = {"lead": _lead, "playbook": _play, "cadence": _pace}
"""Settings that are a table of several rows, with what brings the class of a row: `[[lead]]`, one heading
for each row."""

_SORTS = {
    "str": (str, N_("a text in quotes")),
    "int": (int, N_("a whole number")),
    "bool": (bool, N_("true or false")),
    "Words": (dict, N_("names with a text in quotes, under [{name}]")),
}
"""Annotation to what a value of it is in TOML, and how that is told; of rows for any other."""
