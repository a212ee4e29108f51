"""At risk: which customers may be lost, each once, with the signs that say so.

A sign is a fact of the book with the day since which it holds. Most are enough by themselves; those that have
a line of their own, or mean little alone, count only beside another. Done or skipped, all signs so far are
settled: the account comes up again with the first one that is newer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from kam_tui.domain.account import CUSTOMER, Account
from kam_tui.domain.activity import SALE, Activity
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.frozen import frozen
from kam_tui.domain.pace import COLD
from kam_tui.domain.play import Play
from kam_tui.domain.promise import BROKEN
from kam_tui.domain.reminder import occurrence_key
from kam_tui.domain.text import shorten
from kam_tui.i18n import _, ngettext
from kam_tui.rules import cadence, contracts, promises
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.playbook import is_satisfied
from kam_tui.rules.question import Question

RULE = "at-risk"
"""First part of its keys; the subject is the account."""

SILENT = timedelta(days=30)
"""So long without a real touch is silence, for what asks for more than a cadence does."""

REMEMBERED = timedelta(days=90)
"""How long a broken promise is a sign."""

COMPLAINTS = timedelta(days=180)
"""How far back a complaint is looked for; whoever heard nothing for longer is cold."""

SALES = timedelta(days=365)
"""How far back a sale is looked for."""


@frozen
class Sign:
    """One fact that says that a customer may be lost."""

    since: date
    """Since when it holds."""

    short: str
    """In two or three words."""

    fact: str
    """As a sentence."""

    rests_on: tuple[tuple[str, str], ...]
    """Id and field of each record that it follows from."""

    enough: bool = True
    """Whether it is one without any other."""

    asks: bool = False
    """Whether it stands for a line that asks for something: a cadence that has run out."""


def at_risk(question: Question, lines: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    """The customers at risk, by the book and by the `lines` that the other rules have made of it."""
    book, found = question.book, _Signs(question, lines)
    for account in book.accounts.values():
        if account.archived or account.status != CUSTOMER:
            continue
        handled = question.of(RULE, account.id)
        signs = [sign for sign in found.of(account) if not handled.settled or sign.since > handled.settled]
        if len(signs) > 1 or any(sign.enough for sign in signs):
            snooze = handled.snooze.until if handled.snooze else None
            yield _item(question, account, sorted(signs, key=lambda sign: sign.since), snooze)


def open_complaints(question: Question) -> dict[str, Activity]:
    """Account to its newest complaint that is still open: no row of the playbook that follows complaints is
    satisfied, done or skipped; without such a row, nothing has come of it since."""
    book, settings = question.book, question.settings
    plays = [play for play in settings.playbook if play.on == "complaint"] or [_ANSWERED]
    found: dict[str, Activity] = {}
    for complaint in book.between(question.today - COMPLAINTS, question.today):
        account_id = book.account_of(complaint) if complaint.kind == "complaint" else None
        if account_id and not any(_is_over(question, play, complaint) for play in plays):
            found[account_id] = complaint
    return found


_ANSWERED = Play("answered", "complaint", "0 days", unless="call, meeting, visit, thank-you")
"""What closes a complaint where the playbook says nothing about them."""


def _is_over(question: Question, play: Play, complaint: Activity) -> bool:
    return question.of(play.name, complaint.id).through is not None or is_satisfied(question, play, complaint)


class _Signs:
    """The signs of all accounts."""

    def __init__(self, question: Question, lines: Iterable[AgendaItem]) -> None:
        self._question = question
        self._complaints: Mapping[str, Activity] = open_complaints(question)
        self._told: defaultdict[str, list[Sign]] = defaultdict(list)
        for line in lines:
            if line.account_id and (sign := self._of_line(line)):
                self._told[line.account_id].append(sign)
        for promise in question.book.promises.values():
            broken = promise.settled if promise.state == BROKEN else None
            account_id = question.book.account_of(promise)
            if account_id and broken and question.today - REMEMBERED <= broken <= question.today:
                fact = _("A promise was broken on {day}: {what}.").format(
                    day=show_day(broken), what=_gist(promise.text)
                )
                self._told[account_id].append(
                    Sign(broken, _("promise broken"), fact, ((promise.id, "state"),))
                )

    def of(self, account: Account) -> Iterator[Sign]:
        """Those of one account."""
        yield from self._told.get(account.id, ())
        if complaint := self._complaints.get(account.id):
            fact = _("The complaint of {day} is still open: {what}.").format(
                day=show_day(complaint.when.day), what=_gist(complaint.text)
            )
            yield Sign(complaint.when.day, _("complaint open"), fact, ((complaint.id, "when"),))
        if sale := self._untouched(account):
            fact = _("No real contact since the last sale, on {day}.").format(day=show_day(sale.when.day))
            since, rests_on = sale.when.day + SILENT, ((sale.id, "when"),)
            yield Sign(since, _("unheard since the sale"), fact, rests_on, enough=False)

    def _of_line(self, line: AgendaItem) -> Sign | None:
        question, day = self._question, line.due.day
        if line.rule == cadence.RULE and line.state == COLD and not line.contact_ids and not line.ambient:
            more = -(-line.every_days * (question.settings.cadence_maximum - 100) // 100)
            return Sign(day + timedelta(days=more), _("gone cold"), line.why, line.rests_on, asks=True)
        if line.rule == promises.RULE and day < question.today:
            late = line.days_late(question.today)
            pattern = ngettext(
                "A promise is {count} day late: {what}.", "A promise is {count} days late: {what}.", late
            )
            fact, since = pattern.format(count=late, what=_gist(line.what)), day + timedelta(days=1)
            return Sign(since, _("promise late"), fact, line.rests_on, enough=False)
        if line.rule in (contracts.NOTICE, contracts.RENEWAL):
            return self._of_contract(line)
        return None

    def _of_contract(self, line: AgendaItem) -> Sign | None:
        """That a contract may end, and nobody talks about it. One that renews can do so until its last day
        of notice, any other on the day it ends."""
        question, day = self._question, line.due.day
        contract = question.book.contracts[line.key.split(":")[1]]
        is_the_day = line.rule == (contracts.NOTICE if contract.renews else contracts.RENEWAL)
        if not is_the_day or line.shows_from > question.today or (contract.renews and day < question.today):
            return None
        touch = question.book.last_touch(contract.account_id or "", question.today)
        heard = touch.when.day if touch else contract.created
        if question.today - heard < SILENT:
            return None
        pattern = (
            _("{name} can be given notice until {day}, and there was no real contact since {heard}.")
            if contract.renews
            else _("{name} ends on {day}, and there was no real contact since {heard}.")
        )
        fact = pattern.format(name=contract.name, day=show_day(day), heard=show_day(heard))
        short = _("contract in the balance")
        return Sign(max(line.shows_from, heard + SILENT), short, fact, line.rests_on)

    def _untouched(self, account: Account) -> Activity | None:
        """The last sale, where it is a month ago or more and nobody has been in touch since."""
        question = self._question
        for each in question.book.timeline(account.id):
            if each.is_touch and each.when.day <= question.today:
                return None
            if each.kind == SALE and each.when.day <= question.today:
                is_near = SILENT <= question.today - each.when.day <= SALES
                return each if is_near else None
        return None


def _item(question: Question, account: Account, signs: list[Sign], snooze: Moment | None) -> AgendaItem:
    since = signs[0].since
    facts = tuple(sign.fact for sign in signs)
    return AgendaItem(
        key=occurrence_key(RULE, account.id, since),
        rule=RULE,
        due=Moment(since),
        who=question.who(account.id),
        what=_("Be in touch: {signs}").format(signs=_(", ").join(sign.short for sign in signs)),
        why=" ".join(facts),
        action="call",
        account_id=account.id,
        contact_ids=(),
        shows_from=since,
        snoozed_until=snooze,
        facts=facts,
        rests_on=tuple(dict.fromkeys(each for sign in signs for each in sign.rests_on)),
        ambient=not any(sign.asks for sign in signs),
        signs=len(signs),
    )


def _gist(text: str) -> str:
    return shorten(text, 80).rstrip(".") or "…"
