"""The `where` of a setting takes the whole query language: segments, times, and plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from builders import TODAY, account, activity, contact, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.lead import Lead
from kam_tui.domain.pace import Pace
from kam_tui.rules.agenda import agenda
from kam_tui.rules.next_due import circumstances, next_due
from kam_tui.settings import Settings, Words

CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0, segments=Words(best="tier:key"))
ACME = account("Acme Oy", tier="key", city="Tampere")
OTHER = account("Other Oy", city="Oulu")
LONG = activity(kind="call", when=Moment(TODAY - timedelta(days=40)), account_id=ACME.id)


def asked_of(settings: Settings, *records: object) -> set[str]:
    found = agenda(Book.of(ACME, OTHER, LONG, *records), settings, TODAY, 0)  # type: ignore[arg-type]
    return {item.who for item in found.open}


def test_a_cadence_may_be_for_a_segment_or_for_who_has_been_quiet_for_long() -> None:
    for where in ("segment:best", "quiet>30d quiet<100d", "tampere"):
        assert asked_of(replace(CALM, cadence=(Pace(where, 7),))) == {"Acme Oy"}
    assert asked_of(replace(CALM, cadence=(Pace("-segment:best", 7),))) == {"Other Oy"}


def test_a_lead_may_be_for_the_people_of_a_segment() -> None:
    birthday = PartialDate(None, TODAY.month, TODAY.day)
    people = [contact(f"At {each.name}", account_id=each.id, birthday=birthday) for each in (ACME, OTHER)]
    settings = replace(CALM, lead=(Lead("birthday", 0, "call", "segment:best"),))
    assert asked_of(settings, *people) == {"At Acme Oy, Acme Oy"}


def test_what_is_due_next_is_known_of_accounts_and_people_and_what_was_put_off_is_not_due() -> None:
    liisa = contact("Liisa", account_id=ACME.id)
    late = reminder("late", due=Moment(TODAY - timedelta(days=2)), account_id=ACME.id)
    soon = reminder(
        "soon", due=Moment(TODAY + timedelta(days=3)), account_id=ACME.id, contact_ids=(liisa.id,)
    )
    book = Book.of(ACME, OTHER, liisa, late, soon)
    found = agenda(book, CALM, TODAY, 7)
    assert next_due(found) == {ACME.id: late.due.day, liisa.id: soon.due.day}
    known = circumstances(found, replace(CALM, leap_day="mar1"), TODAY)
    assert (known.today, known.leap_rule, known.due[ACME.id]) == (TODAY, "mar1", late.due.day)
