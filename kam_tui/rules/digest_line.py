"""One line of the digest: what is to be done, with all that one needs to know to do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kam_tui.domain.account import Account
from kam_tui.domain.activity import ACTIVITY_KINDS, GIFT, THANKS, Activity
from kam_tui.domain.contact import Contact
from kam_tui.domain.occasion import OCCASION_KINDS
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.at_risk import open_complaints
from kam_tui.rules.gifts import Giving, giving
from kam_tui.rules.occasion_words import is_milestone
from kam_tui.rules.question import Question
from kam_tui.rules.suggested import Hint, called, suggested

AT_MOST = 3
"""Reminders that are told beside a line about the same people."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach somebody at once."""

    channel: str
    """`phone`, `message`, `mail` or `post`."""

    value: str
    """The number or address, as it was written down."""

    label: str
    """What it goes by: `mobile`, `work`; empty for nothing."""

    name: str
    """Whose it is."""


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One thing to do, with what one needs to know to do it."""

    item: AgendaItem
    """Who, what and why."""

    people: tuple[Contact, ...] = ()
    """The people it is for."""

    account: Account | None = None
    """Their account, or the one that it is for."""

    years: int | None = None
    """The age, or the years, that an occasion makes; None where nobody knows, or it is no occasion."""

    last: Activity | None = None
    """The last real contact with the people, else with the account."""

    gift: Activity | None = None
    """The last gift, where this is about an occasion."""

    giving: Giving | None = None
    """What is good to know before the gift that this asks for; None where it asks for none."""

    complaint: Activity | None = None
    """The account's complaint that is still open, where the line is not about it anyway."""

    also: tuple[AgendaItem, ...] = ()
    """Reminders for the same people that have no line of their own here: put off, or further ahead."""

    words: str = ""
    """One sentence to say or to write; empty where the line says it all."""

    reach: Reach | None = None
    """How to reach them, the way they like best first; None where nothing is known."""

    closed: bool = False
    """Whether it was missed for good: told once more, but there is nothing to do."""

    gone: bool = False
    """Whether that was so long ago that its short word is not taken any more: it is told in one line."""

    @property
    def asks(self) -> bool:
        """Whether it asks for something on its day: not what has closed, nor who is only listed as quiet."""
        return not (self.closed or self.item.ambient)


def sort_of(rule: str) -> str:
    """The first part of a rule's name: `birthday` of `birthday.gift`."""
    return rule.partition(".")[0]


class Teller:
    """Adds to each line what is known; what stands beside one line stands beside no other."""

    def __init__(self, question: Question, aside: Iterable[AgendaItem]) -> None:
        self._book, self._settings, self._today = question.book, question.settings, question.today
        self._complaints = open_complaints(question)
        self._aside: dict[str, list[AgendaItem]] = {}
        for item in aside:
            for subject in item.contact_ids or filter(None, [item.account_id]):
                self._aside.setdefault(subject, []).append(item)
        self._told: set[str] = set()

    def line(self, item: AgendaItem, *, closed: bool) -> DigestLine:
        """The line with all that belongs to it."""
        book = self._book
        people = tuple(filter(None, map(book.contacts.get, item.contact_ids)))
        account = book.accounts.get(item.account_id or "")
        subjects = [*(person.id for person in people), *([account.id] if account else [])]
        last = next(filter(None, (book.last_touch(each, self._today) for each in subjects)), None)
        day, years = self._occasion(item, people[0] if people else account)
        hint = Hint(
            called(people[0]) if len(people) == 1 else "",
            account.name if account else "",
            years,
            is_milestone(sort_of(item.rule), years),
            (day or item.due.day) < self._today,
        )
        return DigestLine(
            item,
            people,
            account,
            years,
            last,
            self._last_gift(subjects[:1], item) if day else None,
            None if closed else giving(book, self._settings, self._today, item),
            self._complaint(item),
            self._beside(subjects[:1] if people else subjects),
            "" if closed or len(people) > 1 else suggested(self._sort(item), hint),
            None if closed else _reach(item, people or self._spoken_with(last), account),
            closed,
        )

    def gone(self, item: AgendaItem) -> DigestLine:
        """The line of what has closed long ago: who and what is enough."""
        people = tuple(filter(None, map(self._book.contacts.get, item.contact_ids)))
        account = self._book.accounts.get(item.account_id or "")
        _day, years = self._occasion(item, people[0] if people else account)
        return DigestLine(item, people, account, years, closed=True, gone=True)

    def _sort(self, item: AgendaItem) -> str:
        """What decides on the words: for a play, what it follows."""
        play = next((play for play in self._settings.playbook if play.name == item.rule), None)
        if play is None:
            return sort_of(item.rule)
        return play.action if play.action == THANKS else play.on

    def _occasion(
        self, item: AgendaItem, subject: Contact | Account | None
    ) -> tuple[date | None, int | None]:
        """The day of the occasion that a line is for, and the years it makes. A card is due before it."""
        kind = sort_of(item.rule)
        if subject is None or kind not in OCCASION_KINDS:
            return None, None
        day = date.fromisoformat(item.key.rpartition(":")[2])
        for occasion in subject.dates:
            if occasion.kind == kind and occasion.on.month is not None:
                on = occasion.on.in_year(day.year, self._settings.leap_day)
                if on == day or (on is None and occasion.on.month == day.month):
                    return day, occasion.on.years_in(day.year)
        return day, None

    def _last_gift(self, subjects: list[str], item: AgendaItem) -> Activity | None:
        """The last gift to whom an occasion is about, before today."""
        for subject in subjects:
            for activity in self._book.timeline(subject):
                if activity.kind == GIFT and activity.when.day < self._today and activity.because != item.key:
                    return activity
        return None

    def _complaint(self, item: AgendaItem) -> Activity | None:
        """What is still open with the account; not on the line that asks about it, nor where it is a sign."""
        complaint = self._complaints.get(item.account_id or "")
        return None if complaint is None or item.signs or complaint.id in item.key else complaint

    def _beside(self, subjects: list[str]) -> tuple[AgendaItem, ...]:
        found = [
            item for each in subjects for item in self._aside.get(each, ()) if item.key not in self._told
        ]
        found = found[:AT_MOST]
        self._told.update(item.key for item in found)
        return tuple(found)

    def _spoken_with(self, last: Activity | None) -> tuple[Contact, ...]:
        """Whom to ask for at an account: who was there the last time, and still is."""
        people = map(self._book.contacts.get, last.contact_ids if last else ())
        return tuple(person for person in people if person and person.reachable)


def _reach(item: AgendaItem, people: Iterable[Contact], account: Account | None) -> Reach | None:
    """The number or address to use; a card or a gift goes by post, whatever the person likes."""
    usual = ACTIVITY_KINDS[item.action].channel
    for person in people:
        ways = {"phone": person.phones, "message": person.phones, "mail": person.emails}
        for channel in (usual if usual == "post" else "", person.channel, usual, "phone", "mail"):
            if channel == "post" and person.address:
                return Reach(channel, person.address, "", person.name)
            if known := ways.get(channel):
                return Reach(channel, known[0].value, known[0].label, person.name)
    if account and account.phones and usual != "post":
        return Reach("phone", account.phones[0].value, account.phones[0].label, account.name)
    if account and account.address and usual == "post":
        return Reach("post", ", ".join(filter(None, (account.address, account.city))), "", account.name)
    return None
