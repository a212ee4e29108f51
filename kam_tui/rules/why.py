"""Why a line is on the agenda: the facts it follows from, since when, the rule, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Entry, History, Record, name_of, table_of
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.dates.zone import brought
from kam_tui.domain.occasion import OCCASION_KINDS
from kam_tui.i18n import N_, _
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.name_days import KIND as NAMEDAY
from kam_tui.settings import Settings


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of rule in plain words."""

    text: str
    """How it comes to its day; marked for translation."""

    settings: tuple[str, ...]
    """The settings that it heeds."""

    ends: str
    """What else than being done or skipped takes the line away; marked for translation."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One field that a line follows from, and since when it is as it is."""

    record: str
    """What the record is called."""

    record_id: str
    """Its id."""

    field: str
    """The field, as documents have it."""

    label: str
    """What a form calls the field."""

    value: str
    """What it holds, as a form shows it."""

    entry: Entry | None
    """The change that made it so; None where the history does not reach back that far."""


@dataclass(frozen=True, slots=True)
class Reason:
    """All about why one line is there."""

    item: AgendaItem
    """The line."""

    facts: tuple[str, ...]
    """The chain of facts, a sentence each."""

    origins: tuple[Origin, ...]
    """The fields they stand in."""

    rule: str
    """The rule in plain words."""

    settings: tuple[str, ...]
    """The settings that it heeds."""

    ends: tuple[str, ...]
    """What takes the line away, a sentence each."""


OCCASION = Rule(
    N_(
        "By the calendar: every occasion comes back on its day each year, and each thing that is done for it "
        "so many days before. What nobody handles stays for the days of grace, and is missed after that; "
        "what was to be done ahead is over with the day."
    ),
    ("lead", "lead_birthday", "lead_occasion", "grace_days", "belated_days", "leap_day", "country"),
    N_("It goes when the date is corrected, or the person is no longer to be reached."),
)
NAME_DAY = Rule(
    N_(
        "By the calendar of name days: the days of a person's given name, or of the name that they keep "
        "theirs by. The line is a quiet one, which asks for nothing, unless a row of the leads does."
    ),
    ("name_day_calendar", "name_days", "lead", "leap_day", "country"),
    N_("For good, it goes with kam contact edit and --name-day none."),
)
RULES = {
    "reminder": Rule(
        N_("By the calendar: a reminder comes up on its day, and on each day that its rule says."),
        (),
        N_("It goes for good with kam remind remove."),
    ),
    "cadence": Rule(
        N_("By cadence: due so many days after the last real touch. A newsletter or an invoice is none."),
        ("cadence_key", "cadence_growth", "cadence_standard"),
        N_("Any real touch takes it away, and the days are counted from there."),
    ),
    "promise": Rule(
        N_("A promise comes up some days before its day, and stays until it is kept or broken."),
        ("lead_promise",),
        N_("It goes when the promise is kept, broken, or agreed for another day."),
    ),
    "at-risk": Rule(
        N_(
            "At risk: a customer who has gone cold, whose complaint is open, to whom a promise was broken in "
            "the last 90 days, or whose contract may end with no real touch for 30 days; or who is owed a "
            "late promise and has heard nothing for 30 days or more since the last sale."
        ),
        ("cadence_maximum", "lead_contract", "playbook"),
        N_("It goes with the facts; after kam done or kam skip it comes back with the first that is newer."),
    ),
    "contract": Rule(
        N_("By the calendar: the last day of notice and the end of a contract, each with notice."),
        ("lead_contract", "belated_days"),
        N_("It goes when the contract is renewed, corrected or archived."),
    ),
}
"""First part of a rule's name to what it does; occasions and the rows of the playbook beside."""

PLAYBOOK = Rule(
    N_("By the playbook: what has happened asks for something, so many days after it."),
    ("playbook", "thank_after_sale", "country"),
    N_("An activity that answers it takes it away; so does removing the one that asked for it."),
)
OTHER = Rule(N_("It follows from the facts above."), (), N_("It goes when one of these facts changes."))

_HOLD = {"reminders": "due", "promises": "due", "contracts": "end", "activities": "when"}
"""Table to the field that a line of it follows from, where the line does not say."""


def why(book: Book, settings: Settings, history: History, item: AgendaItem) -> Reason:
    """Why a line is on the agenda."""
    is_of_a_name = item.rule == NAMEDAY and any(field in ("name", "name_day") for _id, field in item.rests_on)
    rule = NAME_DAY if is_of_a_name else _rule_of(settings, item.rule)
    return Reason(
        item=item,
        facts=item.facts or (item.why,),
        origins=tuple(_origins(book, history, item)),
        rule=_(rule.text),
        settings=tuple(name for name in rule.settings if hasattr(settings, name)),
        ends=tuple(_ends(item, rule)),
    )


def _rule_of(settings: Settings, name: str) -> Rule:
    first = name.partition(".")[0]
    if first in OCCASION_KINDS:
        return OCCASION
    if any(play.name == name for play in settings.playbook):
        return PLAYBOOK
    return RULES.get(first, OTHER)


def _ends(item: AgendaItem, rule: Rule) -> Iterator[str]:
    if item.rule == "promise":
        yield _("kam done takes it away: the promise is kept.")
    else:
        yield _("kam done or kam skip takes it away.")
    yield _(rule.ends)
    if item.closes:
        yield _("After {day} it is closed, and told as missed.").format(day=show_day(item.closes))


def _origins(book: Book, history: History, item: AgendaItem) -> Iterator[Origin]:
    subject = item.key.split(":")[1]
    for record_id, name in item.rests_on or ((subject, ""),):
        tables = (table for table in SCHEMAS if book.get(record_id, table))
        record = book.get(record_id, next(tables, "accounts"))
        if record is None:
            continue
        schema = SCHEMAS[table_of(record)]
        field = schema.fields.get(name or _HOLD.get(schema.table, ""))
        if field is None:
            continue
        value = getattr(record, field.name)
        value = brought(value, item.due.zone) if isinstance(value, Moment) else value
        is_empty = value is None or value == "" or value == ()
        yield Origin(
            record=name_of(record),
            record_id=record.id,
            field=field.name,
            label=_(field.label) or field.name,
            value=_("(empty)") if is_empty else field.kind.show(value, book.name_of),
            entry=_since(history, record, field.name),
        )


def _since(history: History, record: Record, field: str) -> Entry | None:
    """The newest change by which this field of the record became what it is."""
    for entry in history.history((record.id,)):
        for edit in entry.change.edits:
            if edit.record.id != record.id or edit.after is None:
                continue
            if edit.before is None or getattr(edit.before, field) != getattr(edit.after, field):
                return entry
    return None
