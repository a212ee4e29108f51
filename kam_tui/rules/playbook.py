"""Playbook: what has happened asks for something. A sale for thanks, a message for an answer, and so on.

Each row of the playbook asks once for each activity of its kind. It is satisfied by an activity of certain
kinds with the same account or people that comes after, by one that says it was done because of it, or by
being done or skipped. What has happened to nobody asks for nothing, nor does what was written down long
after: an import of old sales is no list of calls to make. Nor does what nobody did for so long that it makes
no sense any more: that is told as missed for some days, and then let go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from kam_tui.domain.activity import ACTIVITY_KINDS, THANKS, Activity
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.play import Play
from kam_tui.domain.query.answers import Test
from kam_tui.domain.reminder import occurrence_key
from kam_tui.domain.text import shorten
from kam_tui.i18n import _
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.question import Question, put_off

LATE_NEWS = 30
"""Days after which what is only now written down asks for nothing."""

TOLD_MISSED = timedelta(days=14)
"""How long after it closed a line is told as missed."""


def playbook(question: Question) -> Iterator[AgendaItem]:
    """What the activities of late still ask for."""
    settings = question.settings
    plays = [p for p in settings.playbook if p.name != THANKS or settings.thank_after_sale]
    if not plays:
        return
    triggers, because = _recent(question, plays)
    for play in plays:
        fits, oldest = question.meant(play.where), question.told_from(TOLD_MISSED) - play.reach
        for trigger in triggers.get(play.on, ()):
            handled = question.of(play.name, trigger.id)
            if handled.through or f"{play.name}:{trigger.id}" in because:
                continue
            if trigger.when.day < oldest and not handled.snooze:
                continue
            if item := _asked(question, play, trigger, fits):
                yield item


def _recent(question: Question, plays: list[Play]) -> tuple[dict[str, list[Activity]], set[str]]:
    """What asks, by kind, and the series that were done because they asked; from the last months alone."""
    asking = {play.on for play in plays}
    reach = max(play.reach for play in plays)
    begin = min(_snoozed(question, plays), question.told_from(TOLD_MISSED) - reach)
    triggers: defaultdict[str, list[Activity]] = defaultdict(list)
    because: set[str] = set()
    for activity in question.book.between(begin, question.today):
        if activity.because:
            because.add(activity.because.rpartition(":")[0])
        if activity.kind in asking and (activity.created.day - activity.when.day).days <= LATE_NEWS:
            triggers[activity.kind].append(activity)
    return triggers, because


def _snoozed(question: Question, plays: list[Play]) -> date:
    """The first day of which something is put off: it comes back, however long that is."""
    names = {play.name for play in plays}
    activities = question.book.activities
    return min(
        (
            activities[subject].when.day
            for (rule, subject), handled in question.handled.items()
            if handled.snooze and rule in names and subject in activities
        ),
        default=question.today,
    )


def _asked(question: Question, play: Play, trigger: Activity, fits: Test) -> AgendaItem | None:
    """The line of one row for one activity; None where nothing is asked any more, or not yet."""
    book, contacts = question.book, question.book.contacts
    due = play.due(trigger.when.day, question.holidays)
    account_id = book.account_of(trigger)
    people = tuple(c for c in trigger.contact_ids if c in contacts and contacts[c].reachable)
    is_near = question.is_near(play.name, trigger.id, due)
    if not is_near or not (account_id or people) or question.silent(account_id):
        return None
    snooze = question.of(play.name, trigger.id).snooze
    awake = max(due, snooze.until.day) if snooze and snooze.until else due
    closes = play.closes(awake, question.holidays)
    if closes < question.told_from(TOLD_MISSED) or not _is_for(question, fits, account_id, people):
        return None
    if is_satisfied(question, play, trigger):
        return None
    why = _why(trigger)
    item = AgendaItem(
        key=occurrence_key(play.name, trigger.id, due),
        rule=play.name,
        due=Moment(due),
        who=question.who(account_id, people),
        what=play.what,
        why=why,
        action=play.action,
        account_id=account_id,
        contact_ids=people,
        shows_from=due,
        closes=closes,
        facts=(why, *_facts(play, due, closes)),
        rests_on=((trigger.id, "when"),),
    )
    return put_off(question, item, snooze)


def _is_for(question: Question, fits: Test, account_id: str | None, people: tuple[str, ...]) -> bool:
    """Whether a row is for this account, or for one of these people where they are at none."""
    book = question.book
    account = book.accounts.get(account_id or "")
    parties = [account] if account else [book.contacts[each] for each in people]
    return any(fits(party) for party in parties)


def is_satisfied(question: Question, play: Play, trigger: Activity) -> bool:
    """Whether what a row asks for has happened since."""
    book, people = question.book, trigger.contact_ids
    since = play.counts_from(trigger.when.day, question.holidays)
    others = {row.name for row in question.settings.playbook} - {play.name}
    for subject in people if play.same_people and people else (book.account_of(trigger), *people):
        for each in book.timeline(subject or ""):
            if each.when.day < since:
                break
            if each.kind not in play.answers or each.because.partition(":")[0] in others:
                continue  # a mail that answered a message is no summary of the meeting
            if each.when.day <= question.today and _comes_after(each, trigger):
                return True
    return False


def _comes_after(answer: Activity, trigger: Activity) -> bool:
    """Whether one activity comes after another, as far as their days, and their times where told, can say."""
    if answer.id == trigger.id:
        return False
    same_day = answer.when.day == trigger.when.day
    if same_day and answer.when.clock and trigger.when.clock:
        return answer.when.clock >= trigger.when.clock
    return not same_day or answer.kind != trigger.kind or answer.order > trigger.order


def _why(trigger: Activity) -> str:
    day, text = show_day(trigger.when.day), shorten(trigger.text, 80)
    kind = _(ACTIVITY_KINDS[trigger.kind].label)
    if not text:
        return _("{kind} on {day}.").format(kind=kind, day=day)
    return _("{kind} on {day}: {text}").format(
        kind=kind, day=day, text=text if text[-1] in ".!?…" else f"{text}."
    )


def _facts(play: Play, due: date, closes: date) -> Iterator[str]:
    """How the row comes to its day, what would satisfy it, and until when it is asked for."""
    kinds = _(", ").join(_(ACTIVITY_KINDS[kind].label).lower() for kind in play.answers)
    if kinds:
        yield _("Nothing that would satisfy it has come after it ({kinds}).").format(kinds=kinds)
    if play.where:
        yield _("The account is one of {query}.").format(query=play.where)
    yield _("Row {name} of the playbook ({when}): due {day}, open until {end}.").format(
        name=play.name, when=play.when, day=show_day(due), end=show_day(closes)
    )
