"""What can go wrong, each said as a whole sentence with a next step. Faces translate once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam_tui.i18n import _


class KamError(Exception):
    """Anything a person should be told; `str(error)` is the whole sentence."""

    hint: str = ""
    """What to do next; empty when the sentence already says it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Invalid(KamError):
    """Input that cannot be taken as it is."""

    problems: Mapping[str, str]
    """Field name to what is wrong with it; empty when the input has no fields."""

    def __init__(self, message: str, hint: str = "", problems: Mapping[str, str] | None = None) -> None:
        super().__init__(message, hint)
        self.problems = problems or {}

    @classmethod
    def fields(cls, problems: Mapping[str, str]) -> Invalid:
        """All the problems of a form at once, as one sentence each."""
        return cls(" ".join(problems.values()), problems=problems)


class NotFound(KamError):
    """No record answers to what was typed."""

    candidates: Sequence[str]
    """Names near to it, best first."""

    def __init__(self, message: str, hint: str = "", candidates: Sequence[str] = ()) -> None:
        super().__init__(message, hint or did_you_mean(candidates))
        self.candidates = candidates


class Ambiguous(KamError):
    """Several records answer to what was typed."""

    candidates: Sequence[str]
    """The names of all that do."""

    def __init__(self, message: str, candidates: Sequence[str], hint: str = "") -> None:
        super().__init__(
            message,
            hint or _("Say more of the name: {names}.").format(names="; ".join(candidates).rstrip(".")),
        )
        self.candidates = candidates


class Conflict(KamError):
    """What was to be changed has been changed by someone else in between."""


class Busy(KamError):
    """Another process holds the book."""


class Damaged(KamError):
    """A file of the book cannot be read as what it should be; it is left as it is."""


class TooNew(KamError):
    """The book was written by a newer kam."""


class Unwritable(KamError):
    """The disk refused: full, read-only, or failing."""


class NotSent(KamError):
    """A channel did not take what was to be sent, or the system a timer."""


class Stopped(KamError):
    """The person who waited did not want it any more. Nothing of it is in the book."""

    def __init__(self, said: str = "") -> None:
        super().__init__(said or _("Stopped: the book is as it was."))


def did_you_mean(candidates: Sequence[str]) -> str:
    """A hint that offers near names, or nothing."""
    return _("Did you mean {names}?").format(names=_(" or ").join(candidates)) if candidates else ""
