"""Occasions: what is done for birthdays of people and anniversaries of people and accounts, every year.

Each day is computed from the date as it is stored, year by year, so 29 February is back on its day in the
next leap year. For each occasion there is one line for each of its leads: the gift, the card, the call on the
day. A line that nobody has handled stays as late as it is for the days of grace after the occasion; then it
is missed, and told so for a while. A date whose day is unknown comes up as its month begins, and is due by
its end. What was long before a person or account came into the book, or before the date was filled in, is
not made up for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kam_tui.domain.account import FORMER, Account
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.spans import days_before, last_of
from kam_tui.domain.dates.workdays import is_workday, previous_workday
from kam_tui.domain.frozen import frozen
from kam_tui.domain.ids import handle_of
from kam_tui.domain.lead import CALL, LEAD_ACTIONS, Lead
from kam_tui.domain.occasion import ANNIVERSARY, BIRTHDAY, Occasion, known_since, named
from kam_tui.domain.reminder import occurrence_key
from kam_tui.domain.text import fold
from kam_tui.rules import occasion_words
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.lead import Leads
from kam_tui.rules.question import Question, put_off

SAME = timedelta(days=31)
"""An occasion comes once a year: a day this close after a settled one is the same, its date corrected."""

TOLD_MISSED = timedelta(days=60)
"""How long after it was closed a missed occasion is told of, and can still be done by its key."""

_MONTH = timedelta(days=31)
"""More than a month-long occasion, and the days without work that follow on each other, add to a day."""

_CHANNELS = {"mail": "mail", "message": "message", "post": "card"}
"""How a person likes to be reached, to what becomes of a call."""


@frozen
class Subject:
    """Whose occasion it is."""

    party: Contact | Account
    contact: Contact | None
    account: Account | None

    def since(self, occasion: Occasion) -> date:
        """What was long before is not made up for."""
        return known_since(self.party, named(occasion))

    def action(self, lead: Lead) -> str:
        """What is done: a call by the channel that a person likes."""
        return lead.action if lead.action != CALL or self.contact is None else action_for(self.contact)


@frozen
class _Series:
    """One thing that is done for an occasion, year by year."""

    subject: Subject
    occasion: Occasion
    lead: Lead
    said: str
    rule: str
    since: date
    """What was before is not made up for."""
    past: date | None
    """The last day of the occasion up to today."""
    ahead: date | None
    """The first one after that."""

    @property
    def is_apart(self) -> bool:
        """Whether it is more than the occasion itself."""
        return occasion_words.is_apart(self.lead)


def occasions(question: Question) -> Iterator[AgendaItem]:
    """The open and the lately missed lines of reachable people, and of accounts that are neither archived
    nor former."""
    year = Year(question, Leads(question))
    for subject in subjects(question):
        yield from year.lines(subject)


def subjects(question: Question) -> Iterator[Subject]:
    """Whose occasions come up: those of `occasions` who have any."""
    contacts, accounts = question.book.contacts, question.book.accounts
    for contact in contacts.values():
        known = contact.birthday or contact.occasions
        if known and contact.reachable and not question.silent(contact.account_id):
            yield Subject(contact, contact, accounts.get(contact.account_id or ""))
    for account in accounts.values():
        if account.dates and not account.archived and account.status != FORMER:
            yield Subject(account, None, account)


def action_for(contact: Contact) -> str:
    """How to be in touch with a person: a call, or what they like better."""
    return _CHANNELS.get(contact.channel, CALL)


class Year:
    """What is done for occasions in the year around today."""

    def __init__(self, question: Question, leads: Leads) -> None:
        self._question = question
        self._leads = leads
        self._leap_day = question.settings.leap_day
        self._grace = timedelta(days=question.settings.grace_days)
        self._asleep = {subject for (_rule, subject), known in question.handled.items() if known.snooze}

    def lines(self, subject: Subject) -> Iterator[AgendaItem]:
        """All lines of one person or account."""
        known = subject.party.dates
        if not any(self._is_near(subject, occasion) for occasion in known):
            return
        for rule, occasion in _named(known):
            since, days = subject.since(occasion), self._around(occasion)
            for lead, said in self._leads.of(occasion.kind, subject.contact, subject.account):
                apart = occasion_words.is_apart(lead)
                if occasion.on.day is not None or not apart:
                    series = f"{rule}.{lead.action}" if apart and lead.action != CALL else rule
                    yield from self._of_series(_Series(subject, occasion, lead, said, series, since, *days))

    def _is_near(self, subject: Subject, occasion: Occasion) -> bool:
        """Whether anything may be open; most of a big book is not, and is not looked at any closer."""
        question = self._question
        past, ahead = self._around(occasion)
        if past and (past + self._grace + _MONTH >= question.told_from(TOLD_MISSED)):
            return True
        widest = max(self._leads.widest(subject.contact, subject.account), self._notice(occasion))
        soon = ahead is not None and ahead <= question.until + timedelta(days=widest) + _MONTH
        return soon or subject.party.id in self._asleep

    def _around(self, occasion: Occasion) -> tuple[date | None, date | None]:
        """The last day of an occasion up to today, and the first after it. The first year of all is none."""
        on, today, past, ahead = occasion.on, self._question.today, None, None
        if on.month is None:
            return None, None
        for year in range(min(today.year + 1, 9999), today.year - 2, -1):
            if on.year is not None and year <= on.year:
                break
            day = on.in_year(year, self._leap_day) or date(year, on.month, last_of(year, on.month))
            if day <= today:
                past = day
                break
            ahead = day
        return past, ahead

    def _of_series(self, series: _Series) -> Iterator[AgendaItem]:
        question, past, ahead = self._question, series.past, series.ahead
        through = question.of(series.rule, series.subject.party.id).through
        earliest = series.since
        if not series.is_apart:
            earliest = days_before(earliest, question.settings.belated_days)
        if through:
            earliest = max(earliest, through + SAME)
        following = self._due(series, ahead) if ahead else date.max
        if past and past >= earliest:
            closes = self._closes(series, past)
            if following <= question.today:  # The new year's line takes its place.
                closes = min(closes, following - timedelta(days=1))
            if closes >= question.told_from(TOLD_MISSED):
                yield self._item(series, past, closes)
        shows = self._shows_from(series, following) if ahead else date.max
        is_near = following <= question.until or shows <= question.today
        if ahead and ahead >= earliest and (is_near or self._is_moved_near(series, ahead)):
            yield self._item(series, ahead, self._closes(series, ahead))

    def _is_moved_near(self, series: _Series, day: date) -> bool:
        return self._question.is_near(series.rule, series.subject.party.id, day)

    def _item(self, series: _Series, day: date, closes: date) -> AgendaItem:
        question, subject, occasion = self._question, series.subject, series.occasion
        key = occurrence_key(series.rule, subject.party.id, day)
        due, record = self._due(series, day), question.book.occurrences.get(key)
        is_moved = record is not None and record.moved is not None
        account, contact = subject.account, subject.contact
        account_id, people = account.id if account else None, (contact.id,) if contact else ()
        item = AgendaItem(
            key=key,
            rule=series.rule,
            due=Moment(due),
            who=question.who(account_id, people),
            what=occasion_words.what(occasion, series.lead, day, question.today, is_moved),
            why=occasion_words.why(occasion, series.lead, day),
            action=subject.action(series.lead),
            account_id=account_id,
            contact_ids=people,
            shows_from=self._shows_from(series, due),
            milestone=occasion_words.is_milestone(occasion.kind, occasion.on.years_in(day.year)),
            closes=closes,
            facts=occasion_words.facts(occasion, subject.party.name, series.said, day, due, series.lead),
            rests_on=_rests_on(subject, occasion, series.lead),
        )
        return put_off(question, item, record)

    def _due(self, series: _Series, day: date) -> date:
        """So many days before the occasion; on a working day, and not before it came into the book."""
        due = day - timedelta(days=series.lead.days)
        if series.lead.days and not is_workday(due, self._question.holidays):
            due = previous_workday(due, self._question.holidays)
        return max(due, min(series.since, day))

    def _shows_from(self, series: _Series, due: date) -> date:
        """With notice; on the working day before at the latest, where the day itself is none."""
        shows = due if series.is_apart else due - timedelta(days=self._notice(series.occasion))
        if series.occasion.on.day is None:
            return due.replace(day=1)
        if not is_workday(due, self._question.holidays):
            shows = min(shows, previous_workday(due, self._question.holidays))
        return shows

    def _closes(self, series: _Series, day: date) -> date:
        """The last day of grace: after the occasion, or the day that it was put off until. What was to be
        done ahead is over with the occasion: a gift that is late is no reminder any more, the call is."""
        subject_id = series.subject.party.id
        until = None
        if subject_id in self._asleep:
            until = self._question.snoozed(occurrence_key(series.rule, subject_id, day))
        if series.lead.days and until is None:
            return day
        return (max(day, until.day) if until else day) + self._grace

    def _notice(self, occasion: Occasion) -> int:
        settings = self._question.settings
        usual = settings.lead_birthday if occasion.kind == BIRTHDAY else settings.lead_occasion
        return usual if occasion.lead_days is None else occasion.lead_days


def _named(known: tuple[Occasion, ...]) -> Iterator[tuple[str, Occasion]]:
    """Each occasion with a rule name of its own, by which its days are told from those of the others."""
    taken: set[str] = set()
    for occasion in known:
        on = occasion.on
        if on.month is None:
            continue
        rule = occasion.kind
        if occasion.label:
            rule += "." + ("-".join(fold(occasion.label).split()) or handle_of(occasion.label))
        dated = f"{rule}.{on.month:02d}{on.day or 0:02d}"
        if dated not in taken:
            is_action = rule.rpartition(".")[2] in LEAD_ACTIONS
            yield (dated if rule in taken or is_action else rule), occasion
        taken |= {rule, dated}


def _rests_on(subject: Subject, occasion: Occasion, lead: Lead) -> tuple[tuple[str, str], ...]:
    """The fields it follows from."""
    held = {BIRTHDAY: "birthday", ANNIVERSARY: "customer_since"}.get(occasion.kind, "occasions")
    field = held if getattr(subject.party, held, None) == occasion.on else "occasions"
    own = [(party.id, "leads") for party in (subject.contact, subject.account) if party and party.leads]
    tier = [(subject.account.id, "tier")] if subject.account and "tier" in lead.where else []
    return ((subject.party.id, field), *own[:1], *tier)
