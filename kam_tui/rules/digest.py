"""What belongs in the daily digest, not how it looks: each thing once, with what one needs to act on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kam_tui.domain.book import Book
from kam_tui.i18n import N_
from kam_tui.rules import at_risk, cadence
from kam_tui.rules.agenda import AgendaItem, agenda
from kam_tui.rules.digest_line import DigestLine, Teller, sort_of
from kam_tui.rules.handled import handled_in
from kam_tui.rules.item import told_here
from kam_tui.rules.manual import manual
from kam_tui.rules.name_days import name_days
from kam_tui.rules.occasions import occasions
from kam_tui.rules.playbook import playbook
from kam_tui.rules.promises import promises
from kam_tui.rules.question import Question
from kam_tui.settings import Settings

PROMISES, MISSED, OVERDUE, TODAY = "promises", "missed", "overdue", "today"
PREPARE, WEEK, QUIET, AT_RISK, WAITING = "prepare", "week", "quiet", "at_risk", "waiting"

SECTIONS = {
    PROMISES: N_("Late promises"),
    MISSED: N_("Missed"),
    OVERDUE: N_("Late"),
    TODAY: N_("Today"),
    PREPARE: N_("Prepare"),
    WEEK: N_("Next"),
    QUIET: N_("Going quiet"),
    AT_RISK: N_("At risk"),
    WAITING: N_("Waiting for an answer"),
}
"""The parts of a digest, in their order, and how each is called."""

_LONG = {"card", "gift"}
"""What is not done by a phone call, and so has to be begun before its day."""

_ANSWERED = {"received", "hand-off"}
"""What somebody waits for an answer to: a customer for ours, we and the customer for a colleague's."""

DAYS = 7
"""How many days ahead a digest tells of, unless it is said otherwise."""

CLOSING = (occasions, name_days, playbook)
"""The rules whose lines close by themselves."""

SHORT = timedelta(days=14)
"""An absence in which nothing closes that the agenda does not tell of afterwards."""

BESIDE = timedelta(days=90)
"""How far ahead the reminders lie that are told beside another line about the same people."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A day's digest."""

    day: date
    """The day it is for."""

    since: date | None = None
    """The day of the last look; what came due after it, and before `day`, is in `missed`."""

    sections: Mapping[str, tuple[DigestLine, ...]] = field(default_factory=dict)
    """Name to lines, in the order of `SECTIONS`, for those that have any."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.sections

    @property
    def needs(self) -> tuple[DigestLine, ...]:
        """What asks for something now: overdue promises; what is due today, what stands out first; then what
        was due before."""
        due = [line for line in self if line.asks and line.item.due.day <= self.day]

        def place(line: DigestLine) -> tuple[bool, ...]:
            item = line.item
            late = item.due.day < self.day
            return not (item.leads and late), late, not item.milestone, item.action in _LONG

        return tuple(sorted(due, key=place))

    def __iter__(self) -> Iterator[DigestLine]:
        """All the lines, section by section."""
        for lines in self.sections.values():
            yield from lines


def digest(
    book: Book,
    settings: Settings,
    today: date,
    days: int = DAYS,
    since: date | None = None,
    about: Collection[str] = (),
    here: str = "",
) -> Digest:
    """What a person should know on the morning of `today`, about it and the `days` after it.

    `since` is the day of the last look. With `about`, only what is about these accounts and people. Times of
    day are told by the clock in the zone `here`; empty for the one that each was set in.
    """
    found = agenda(book, settings, today, days, here=here)
    own = _own_sections(settings)
    until = today + timedelta(days=days)
    sections: dict[str, list[AgendaItem]] = {name: [] for name in SECTIONS}
    told: set[str] = set()
    cold = {item.key for item in found.quiet} - {item.key for item in found.fading}
    lines = (*found.fading, *found.at_risk, *found.open, *found.upcoming, *found.listed)
    for item in lines:
        if item.key not in told | cold and _is_about(item, about):
            told.add(item.key)
            sections[own.get(sort_of(item.rule)) or _section(item, today, until, since)].append(item)
    closed = [item for item in found.missed if _is_news(item, today, since) and _is_about(item, about)]
    sections[MISSED] += closed
    over = {item.key for item in closed}
    told.update(item.key for item in found.missed)
    question = Question(book, settings, today, today + BESIDE, handled_in(book), here)
    teller = Teller(question, _aside(question, found.snoozed, told))
    lines_of = {
        name: [teller.line(item, closed=item.key in over) for item in items]
        for name, items in sections.items()
    }
    gone = _long_gone(replace(question, until=today, since=since), told, about)
    lines_of[MISSED] += map(teller.gone, gone)
    return Digest(today, since, {name: tuple(lines) for name, lines in lines_of.items() if lines})


def _own_sections(settings: Settings) -> dict[str, str]:
    """First part of a rule's name to the section that has all its lines, whenever they are due."""
    waiting = {play.name: WAITING for play in settings.playbook if play.on in _ANSWERED}
    return waiting | {cadence.RULE: QUIET, at_risk.RULE: AT_RISK}


def _section(item: AgendaItem, today: date, until: date, since: date | None) -> str:
    """The section of a line that its rule does not tell."""
    if item.due.day < today and item.leads:
        return PROMISES
    if item.due.day < today:
        return MISSED if since and item.due.day > since else OVERDUE
    if item.due.day == today:
        return TODAY
    return PREPARE if item.action in _LONG or item.due.day > until else WEEK


def _is_news(item: AgendaItem, today: date, since: date | None) -> bool:
    """Whether something has closed since the last look; where nobody knows when that was, yesterday."""
    return item.closes is not None and item.closes >= (since or today - timedelta(days=1))


def _long_gone(question: Question, told: Collection[str], about: Collection[str]) -> list[AgendaItem]:
    """What closed since the last look, so long ago that the agenda does not tell of it any more."""
    today, since = question.today, question.since
    if since is None or today - since <= SHORT:
        return []
    closed = (told_here(item, question.here) for rule in CLOSING for item in rule(question))
    found = [
        item
        for item in closed
        if item.is_missed(today)
        and item.key not in told
        and _is_news(item, today, since)
        and _is_about(item, about)
    ]
    return sorted(found, key=lambda item: (item.due, item.key), reverse=True)


def _is_about(item: AgendaItem, about: Collection[str]) -> bool:
    return not about or item.account_id in about or any(each in about for each in item.contact_ids)


def _aside(question: Question, snoozed: Iterable[AgendaItem], seen: set[str]) -> list[AgendaItem]:
    """What has no line of its own: reminders and promises further ahead, and all that is put off."""
    written = (told_here(item, question.here) for rule in (manual, promises) for item in rule(question))
    ahead = (*snoozed, *written)
    some = {item.key: item for item in ahead if not (item.key in seen or item.every_days or item.signs)}
    return sorted(some.values(), key=lambda item: (item.due, item.key))
