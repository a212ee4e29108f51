"""Lead: something to do for an occasion, so many days before it: a gift, a card, a call on the day."""

from __future__ import annotations

import re
from functools import lru_cache

from kam_tui.domain.frozen import frozen
from kam_tui.domain.occasion import OCCASION_KINDS
from kam_tui.domain.text import clean
from kam_tui.i18n import _

ANY = "any"
"""In place of a kind of occasion: all of them."""

CALL = "call"
"""To be in touch: by the channel that the person likes."""

LEAD_ACTIONS = (CALL, "card", "gift", "mail", "meeting", "message", "share", "visit")
"""What can be done for an occasion: kinds of activities."""

MOST_DAYS = 180
"""Of notice: more would reach into the occasion of the year before."""

NONE = "none"
"""A person's or an account's own list of leads that is empty."""


@frozen
class Lead:
    """One thing to do for occasions of a kind."""

    on: str = ANY
    """A kind of occasion (`birthday`, `customer`, …), or `any`."""

    days: int = 0
    """How many days before the occasion it is due; 0 on the day itself."""

    action: str = CALL
    """What to do, a kind of activity: `gift`, `card`, `call`, `mail`, `message`, `visit`, `meeting`, `share`.
    A call becomes a mail, a message or a card where that is how the person likes to be reached."""

    where: str = ""
    """For which accounts or people, as a search (`tier:key`); empty for all."""

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown occasion or action, and for more days than half a year."""
        if self.on != ANY and self.on not in OCCASION_KINDS:
            raise ValueError(
                _("{text} is none of the occasions {options}").format(
                    text=clean(self.on), options=", ".join((ANY, *OCCASION_KINDS))
                )
            )
        if self.action not in LEAD_ACTIONS:
            raise ValueError(
                _("{text} is nothing to do for an occasion; there are {options}").format(
                    text=clean(self.action), options=", ".join(LEAD_ACTIONS)
                )
            )
        if not 0 <= self.days <= MOST_DAYS:
            raise ValueError(
                _("the days before an occasion lie between 0 and {most}, not at {days}").format(
                    most=MOST_DAYS, days=self.days
                )
            )

    def __str__(self) -> str:
        words = ("" if self.on == ANY else self.on, self.action, str(self.days) if self.days else "")
        return " ".join(filter(None, words))


@lru_cache(256)
def read_leads(text: str) -> tuple[Lead, ...]:
    """Leads as a person writes them: `gift 14, card 5, call`, `birthday gift 14`; `none` for none at all.

    Raises ValueError with a sentence.
    """
    if text.strip().casefold() == NONE:
        return ()
    return tuple(_read(part.casefold().split()) for part in text.split(",") if part.strip())


def _read(words: list[str]) -> Lead:
    on, rest = (words[0], words[1:]) if words[0] in (ANY, *OCCASION_KINDS) else (ANY, words)
    if not rest or len(rest) > 2 or (rest[1:] and not re.fullmatch("[0-9]{1,6}", rest[1])):
        raise ValueError(
            _("{text} is not written like gift 14, birthday card 5 or call").format(
                text=clean(" ".join(words))
            )
        )
    return Lead(on, int(rest[1]) if rest[1:] else 0, rest[0])


def show_leads(leads: tuple[Lead, ...]) -> str:
    """Leads as `read_leads` takes them."""
    return ", ".join(map(str, leads)) or NONE


LEADS = (
    Lead("birthday", 10, "gift", "tier:key"),
    Lead("birthday", 5, "card", "tier:key"),
    Lead("birthday", 5, "card", "tier:growth"),
    Lead("any", 0, "call"),
)
"""Everybody is called on the day; who matters most gets a gift and a card, who may grow a card."""
