"""Name days by the calendar of one's own: of people whose given name is in it, and who have no name day of
their own written down. Who keeps theirs by another name has that in a field of their own, and who keeps none,
`none`.

By themselves they are a quiet line on the day, which asks for nothing, for people one really knows: of a key
account, with a cadence of their own, or with whom there was a real touch in the last year. A row of the leads
that says `nameday` makes them an occasion like any other for whom it is for. A person's own leads that are
none, or are for other occasions alone, keep both away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.when import show_partial
from kam_tui.domain.dates.workdays import is_workday, previous_workday
from kam_tui.domain.lead import ANY, read_leads, show_leads
from kam_tui.domain.name_day import names_kept
from kam_tui.domain.occasion import OCCASION_KINDS, Occasion, known_since
from kam_tui.domain.reminder import occurrence_key
from kam_tui.domain.text import fold
from kam_tui.i18n import _
from kam_tui.name_calendar import name_calendar
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.lead import Leads
from kam_tui.rules.occasions import TOLD_MISSED, Subject, Year, action_for
from kam_tui.rules.question import Question, put_off
from kam_tui.settings import Settings

KIND = "nameday"
"""The kind of occasion, and first part of the keys; the subject is the person."""

OFF = timedelta(days=31)
"""More than the days without work that follow on each other."""

KNOWN = timedelta(days=365)
"""How long after the last real touch somebody is still known."""


def name_days(question: Question) -> Iterator[AgendaItem]:
    """The name days that the calendar knows."""
    settings = question.settings
    days = _calendar(settings)
    if not days:
        return
    asked, leads = _asked(question)
    rows = asked.settings.lead
    year = Year(asked, leads)
    near = _near(question, max(row.days for row in rows) if rows else None)
    asleep = {subject for (rule, subject), known in question.handled.items() if known.snooze and rule == KIND}
    for contact in question.book.contacts.values():
        found = days_of(contact, days)
        if near.isdisjoint(found) and not (found and (contact.leads or contact.id in asleep)):
            continue  # Most of a year is not near: those are not looked at any closer.
        own = _own_leads(question, contact) if _has_one(question, contact) else None
        if own is None:
            continue
        stand_in = _stand_in(asked, contact, found, own)
        if stand_in and leads.of(KIND, stand_in.contact, stand_in.account):
            yield from (_told(item, contact) for item in year.lines(stand_in))
        elif _is_known(question, contact):
            yield from _ambient(question, contact, found)


def kept_days(question: Question) -> Iterator[tuple[Contact, tuple[PartialDate, ...]]]:
    """Whose name days come up, on whatever day of the year, each with the days of the calendar."""
    days = _calendar(question.settings)
    asked, leads = _asked(question)
    for contact in question.book.contacts.values() if days else ():
        found = days_of(contact, days)
        if not found or not _has_one(question, contact):
            continue
        own = _own_leads(question, contact)
        if own is None:
            continue
        stand_in = _stand_in(asked, contact, found, own)
        is_asked_for = stand_in is not None and leads.of(KIND, stand_in.contact, stand_in.account)
        if is_asked_for or _is_known(question, contact):
            yield contact, found


def _calendar(settings: Settings) -> Mapping[str, tuple[PartialDate, ...]]:
    """Folded name to its days; nothing where name days are not wanted."""
    return name_calendar(settings.name_day_calendar).days if settings.name_days else {}


def _asked(question: Question) -> tuple[Question, Leads]:
    """The same asked of the rows of the leads alone that are for name days by that word."""
    rows = tuple(row for row in question.settings.lead if row.on == KIND)
    asked = replace(question, settings=replace(question.settings, lead=rows))
    return asked, Leads(asked)


def _has_one(question: Question, contact: Contact) -> bool:
    """Whether somebody comes up, with a name day by the calendar and not by their own occasions."""
    if not contact.reachable or question.silent(contact.account_id):
        return False
    return not any(occasion.kind == KIND for occasion in contact.occasions)


def _near(question: Question, notice: int | None) -> set[PartialDate]:
    """The days of which there may be something to tell: for quiet lines those just ahead; for what is asked
    for so many days before, also those that may still be open, or told as missed."""
    begin, end = question.today, question.today + OFF
    if notice is not None:
        begin = question.told_from(TOLD_MISSED) - timedelta(days=question.settings.grace_days) - OFF
        end = question.until + timedelta(days=notice) + 2 * OFF
    days = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    found = {PartialDate(None, day.month, day.day) for day in days}
    if found & {PartialDate(None, 2, 28), PartialDate(None, 3, 1)}:
        found.add(PartialDate(None, 2, 29))
    return found


def days_of(contact: Contact, days: Mapping[str, tuple[PartialDate, ...]]) -> tuple[PartialDate, ...]:
    """The name days of somebody: by the names that they keep theirs by, else by the given name, or by what
    they are called where the calendar has no such name."""
    if contact.name_day:
        names = map(fold, names_kept(contact.name_day))
        return tuple(dict.fromkeys(day for name in names for day in _by_name(name, days)))
    found = _by_name(_given(contact.name), days)
    return found if found or not contact.nickname else _by_name(fold(contact.nickname), days)


def _by_name(name: str, days: Mapping[str, tuple[PartialDate, ...]]) -> tuple[PartialDate, ...]:
    """The days of a whole name, else of its parts (`Anna-Liisa`)."""
    if name in days:
        return days[name]
    parts = name.split()
    return tuple(dict.fromkeys(day for part in parts for day in days.get(part, ()))) if parts[1:] else ()


@lru_cache(16384)
def _given(name: str) -> str:
    """The first given name, folded: the first word, or the first after a comma; empty for an initial or a
    title, of which a dot tells."""
    _family, _comma, rest = name.partition(",")
    first = (rest or name).split()[:1]
    return "" if not first or first[0].endswith(".") else fold(first[0])


def _own_leads(question: Question, contact: Contact) -> str | None:
    """What leads of their own, or of their account, say for name days by that word; None where there are such
    leads, and none of them is for a name day."""
    account = question.book.accounts.get(contact.account_id or "")
    for owner in (contact, account):
        try:
            leads = read_leads(owner.leads) if owner and owner.leads else None
        except ValueError:
            continue  # A book edited by hand.
        if leads is not None:
            named = tuple(lead for lead in leads if lead.on == KIND)
            return show_leads(named) if named else "" if any(lead.on == ANY for lead in leads) else None
    return ""


def _stand_in(
    question: Question, contact: Contact, days: tuple[PartialDate, ...], leads: str
) -> Subject | None:
    """The person with these occasions and leads alone; None where nothing asks for any."""
    if not (leads or question.settings.lead):
        return None
    account = question.book.accounts.get(contact.account_id or "")
    occasions = tuple(Occasion(KIND, day) for day in days)
    since = known_since(contact, f"{KIND} {contact.name_day}")
    person = replace(
        contact, birthday=None, occasions=occasions, leads=leads, dates_since=since, dates_learnt=()
    )
    return Subject(person, person, replace(account, leads="") if account else None)


def _told(item: AgendaItem, contact: Contact) -> AgendaItem:
    """A line as it is told where the calendar says the day, and not the person."""
    said = _("The day is from the calendar of name days.")
    return replace(item, facts=(*item.facts, said), rests_on=((contact.id, _named_by(contact)),))


def _named_by(contact: Contact) -> str:
    """The field that says by which name a person keeps their name day."""
    return "name_day" if contact.name_day else "name"


def _is_known(question: Question, contact: Contact) -> bool:
    if question.book.is_key(contact.account_id) or contact.cadence_days:
        return True
    touch = question.book.last_touch(contact.id, question.today)
    return touch is not None and question.today - touch.when.day <= KNOWN


def _ambient(question: Question, contact: Contact, days: tuple[PartialDate, ...]) -> Iterator[AgendaItem]:
    """The quiet lines: on the day, and from the working day before where it is none itself."""
    today, policy = question.today, question.settings.leap_day
    settled = question.of(KIND, contact.id).through or date.min
    for day in (on.in_year(year, policy) for on in days for year in (today.year, today.year + 1)):
        if day is None or day <= settled:
            continue
        back = question.snoozed(occurrence_key(KIND, contact.id, day))
        if max(day, back.day if back else day) < today:
            continue
        shows = day if is_workday(day, question.holidays) else previous_workday(day, question.holidays)
        if shows <= today:
            yield _quiet_line(question, contact, day, shows)


def _quiet_line(question: Question, contact: Contact, day: date, shows: date) -> AgendaItem:
    said = {"day": show_partial(PartialDate(None, day.month, day.day)), "name": contact.name}
    why = _("{day} is a name day of {name} in the calendar of name days.").format(**said)
    if contact.name_day:
        why = _("{day} is a name day of {by} in the calendar of name days, by which {name} keeps theirs.")
        why = why.format(**said, by=contact.name_day)
    key = occurrence_key(KIND, contact.id, day)
    item = AgendaItem(
        key=key,
        rule=KIND,
        due=Moment(day),
        who=question.who(contact.account_id, (contact.id,)),
        what=_(OCCASION_KINDS[KIND]),
        why=why,
        action=action_for(contact),
        account_id=contact.account_id,
        contact_ids=(contact.id,),
        shows_from=shows,
        ambient=True,
        facts=(why, _("It is only listed: no row of the leads asks for it.")),
        rests_on=((contact.id, _named_by(contact)),),
    )
    return put_off(question, item, question.book.occurrences.get(key))
