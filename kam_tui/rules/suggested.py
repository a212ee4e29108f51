"""Suggested words: one short sentence to say or to write, for each kind of line. Lines that somebody wrote
by hand say themselves what to do, and get none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kam_tui.domain.contact import Contact
from kam_tui.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Hint:
    """What a sentence is made of."""

    name: str = ""
    """How the person is called; empty where the line is about a company."""

    company: str = ""
    """The account; empty for none."""

    years: int | None = None
    """How many years it is; None where nobody knows, or it is no occasion."""

    round: bool = False
    """Whether so many years stand out. Others are not told to the person: not everybody likes that."""

    late: bool = False
    """Whether the day has passed."""

    @property
    def whom(self) -> str:
        """The person, else the company."""
        return self.name or self.company


def suggested(sort: str, hint: Hint) -> str:
    """The sentence for a line of this sort: a kind of occasion, what a play follows, or another rule's name.
    Empty for none."""
    make = _WORDS.get(sort)
    return make(hint) if make else ""


def called(contact: Contact) -> str:
    """How a person is spoken to: the nickname, else the first part of a name that has its given name there.

    Where that cannot be known, the whole name: `Dr. Koskela`, or a name that is not in Latin letters.
    """
    first = contact.name.split()[0]
    given = first.isalpha() and ord(max(first)) < 0x250
    return contact.nickname or (first if given else contact.name)


def _birthday(hint: Hint) -> str:
    if hint.late:
        return _("A belated happy birthday, {name}!").format(name=hint.whom)
    if hint.round and hint.years:
        return _("Happy {ordinal} birthday, {name}!").format(
            ordinal=_ordinal(hint.years), years=hint.years, name=hint.whom
        )
    return _("Happy birthday, {name}!").format(name=hint.whom)


def _work(hint: Hint) -> str:
    if not (hint.years and hint.name):
        return _celebrated(hint)
    return ngettext(
        "Congratulations on {years} year at work, {name}!",
        "Congratulations on {years} years at work, {name}!",
        hint.years,
    ).format(years=hint.years, name=hint.name)


def _customer(hint: Hint) -> str:
    if not hint.years:
        return _("Thank you for being our customer!")
    return ngettext(
        "Thank you for {years} year together!", "Thank you for {years} years together!", hint.years
    ).format(years=hint.years)


def _celebrated(hint: Hint) -> str:
    return _said(hint, _("Congratulations, {name}!"), _("Congratulations to all of you!"))


def _thanks(hint: Hint) -> str:
    return _said(
        hint,
        _("Thank you for the order, {name}. Are you happy with it?"),
        _("Thank you for the order. Are you happy with it?"),
    )


def _checked(hint: Hint) -> str:
    return _said(
        hint,
        _("How has it been going with what you bought, {name}?"),
        _("How has it been going with what you bought?"),
    )


def _holds(hint: Hint) -> str:
    return _said(
        hint, _("Is all well again, {name}, and does it hold?"), _("Is all well again, and does it hold?")
    )


def _summed_up(hint: Hint) -> str:
    return _said(
        hint,
        _("Thank you for the meeting, {name}. This is what we agreed on."),
        _("Thank you for the meeting. This is what we agreed on."),
    )


def _answered(hint: Hint) -> str:
    return _said(hint, _("Thank you for your message, {name}."), _("Thank you for your message."))


def _kept(hint: Hint) -> str:
    if hint.late:
        return _said(
            hint,
            _("I am sorry that this comes late, {name}. Here it is."),
            _("I am sorry that this comes late. Here it is."),
        )
    return _said(hint, _("As promised, {name}: here it is."), _("As promised: here it is."))


def _quiet(hint: Hint) -> str:
    if hint.name or not hint.company:
        return _said(
            hint, _("It has been a while, {name}. How are you?"), _("It has been a while. How are you?")
        )
    return _("It has been a while. How are things at {company}?").format(company=hint.company)


def _how_are_things(hint: Hint) -> str:
    if not hint.company:
        return _("How are things with us, and what could we do better?")
    return _("How are things at {company}, and what could we do better for you?").format(company=hint.company)


def _said(hint: Hint, to_somebody: str, to_nobody: str) -> str:
    return to_somebody.format(name=hint.name) if hint.name else to_nobody


def _ordinal(number: int) -> str:
    """As English counts (`1st`, `50th`); a translation has the plain number at hand as well."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


_WORDS: dict[str, Callable[[Hint], str]] = {
    "birthday": _birthday,
    "nameday": lambda hint: _("Happy name day, {name}!").format(name=hint.whom),
    "wedding": lambda hint: _("Happy wedding anniversary, {name}!").format(name=hint.whom),
    "work": _work,
    "customer": _customer,
    "anniversary": _celebrated,
    "other": lambda hint: _said(hint, _("Thinking of you today, {name}."), _("Thinking of you today.")),
    "thank-you": _thanks,
    "sale": _checked,
    "complaint": _holds,
    "meeting": _summed_up,
    "received": _answered,
    "hand-off": lambda hint: _said(hint, _("What has come of it, {name}?"), _("What has come of it?")),
    "promise": _kept,
    "contract": lambda _hint: _("Our contract is coming up for renewal. Shall we talk about it?"),
    "cadence": _quiet,
    "at-risk": _how_are_things,
}
"""Sort of line to its sentence."""
