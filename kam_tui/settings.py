"""Settings: one table of what can be set, read from a TOML file, each documented where it is declared."""

from __future__ import annotations

from kam_tui.domain.errors import Invalid
from kam_tui.domain.frozen import defaults_of, frozen
from kam_tui.domain.partial_date import LEAP_RULES
from kam_tui.i18n import _


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

    leap_day: str = "feb28"
    """Where a 29 February is kept in common years: `feb28` or `mar1`."""

    cadence_key: int = 14
    """Days between real touches of a key account; 0 for no cadence."""

    cadence_growth: int = 30
    """Days between real touches of a growth account; 0 for no cadence."""

    cadence_standard: int = 90
    """Days between real touches of any other account; 0 for no cadence."""

    lead_birthday: int = 7
    """Days before a birthday that it comes up."""

    lead_occasion: int = 7
    """Days before any other occasion that it comes up."""

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
    """Theme of the screen; empty for kam's own."""

    def __post_init__(self) -> None:
        """Raise Invalid for a value outside its choices."""
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise Invalid(
                    _("Setting {name}: {value} is not one of {choices}.").format(
                        name=name, value=getattr(self, name), choices=", ".join(repr(c) for c in choices)
                    )
                )
        for name in defaults_of(Settings):
            value = getattr(self, name)
            if type(value) is int and not 0 <= value <= 3660:
                raise Invalid(
                    _("Setting {name}: {value} is not between 0 and 3660 days.").format(
                        name=name, value=value
                    )
                )

    def cadence_of(self, tier: str) -> int:
        """Days between touches of a tier; 0 for none."""
        return {"key": self.cadence_key, "growth": self.cadence_growth}.get(tier, self.cadence_standard)


CHOICES: dict[str, tuple[str, ...]] = {"date_order": ("", "dmy", "mdy"), "leap_day": LEAP_RULES}
"""Settings that take one of a few words."""


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
    import tomllib

    try:
        table = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Invalid(
            _("The settings {path} are not TOML: {problem}.").format(path=path, problem=problem)
        ) from None
    sorts = {name: type(default) for name, default in defaults_of(Settings).items()}
    for name, value in table.items():
        if name not in sorts:
            import difflib

            near = difflib.get_close_matches(name, sorts, 1)
            hint = _("Did you mean {names}?").format(names=near[0]) if near else ""
            raise Invalid(
                _("The settings {path} hold an unknown name: {name}.").format(path=path, name=name), hint
            )
        if type(value) is not sorts[name]:
            raise Invalid(
                _("The settings {path}: {name} takes {sort}, not {value}.").format(
                    path=path, name=name, sort=_SORTS[sorts[name]](), value=value
                )
            )
    return Settings(**table)


_SORTS = {
    str: lambda: _("a text in quotes"),
    int: lambda: _("a whole number"),
    bool: lambda: _("true or false"),
}
