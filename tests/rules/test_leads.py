"""What is done for an occasion before its day: the gift, the card, the call, each a line of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import account, contact

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.lead import Lead
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import Agenda, agenda
from kam_tui.settings import Settings

CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
KEY = account("Acme Oy", tier="key")
DAY = date(2026, 11, 24)
"""A Tuesday."""
LIISA = contact("Liisa Korhonen", account_id=KEY.id, birthday=PartialDate(1976, 11, 24))


def plan(*records: Record, today: date = DAY, settings: Settings = CALM, days: int = 0) -> Agenda:
    return agenda(Book.of(*records), settings, today, days)


def lines(found: Agenda) -> dict[str, str]:
    return {item.rule: str(item.due.day) for item in (*found.open, *found.upcoming)}


def rules(**fields: Any) -> list[str]:
    who = replace(LIISA, **fields)
    return sorted(lines(plan(KEY, who)))


def test_for_a_key_account_a_gift_a_card_and_a_call_each_on_its_day() -> None:
    assert lines(plan(KEY, LIISA)) == {
        "birthday.gift": "2026-11-13",  # the 14th is a Saturday
        "birthday.card": "2026-11-19",
        "birthday": "2026-11-24",
    }
    found = plan(KEY, LIISA, today=date(2026, 11, 13))
    (gift,) = found.today
    assert gift.what == "Gift: turns 50 on Tue 24 Nov"
    assert gift.why == "Born 24 Nov 1976. 10 days before."
    assert gift.key == "birthday.gift:c-liisakorhonen:2026-11-24"
    assert (gift.action, gift.milestone, gift.closes) == ("gift", True, DAY)
    assert plan(KEY, LIISA, today=date(2026, 11, 12)).open == ()


@pytest.mark.parametrize(
    ("tier", "expected"),
    [
        ("key", ["birthday", "birthday.card", "birthday.gift"]),
        ("growth", ["birthday", "birthday.card"]),
        ("standard", ["birthday"]),
    ],
)
def test_what_is_done_goes_by_the_tier_of_the_account(tier: str, expected: list[str]) -> None:
    assert sorted(lines(plan(replace(KEY, tier=tier), LIISA))) == expected


def test_other_occasions_ask_for_a_call() -> None:
    wedding = replace(LIISA, birthday=None, occasions=(Occasion("wedding", PartialDate(2001, 11, 24)),))
    since = replace(KEY, customer_since=PartialDate(2016, 11, 24))
    assert sorted(lines(plan(since, wedding))) == ["customer", "wedding"]


@pytest.mark.parametrize("state", ["done", "skipped"])
def test_each_line_is_handled_by_itself(state: str) -> None:
    handled = Occurrence("birthday.gift:c-liisakorhonen:2026-11-24", date(2026, 11, 13), state)
    assert sorted(lines(plan(KEY, LIISA, handled))) == ["birthday", "birthday.card"]
    called = Occurrence("birthday:c-liisakorhonen:2026-11-24", DAY, state)
    assert sorted(lines(plan(KEY, LIISA, called))) == ["birthday.card", "birthday.gift"]


def test_a_line_is_put_off_by_itself() -> None:
    asleep = Occurrence(
        "birthday.gift:c-liisakorhonen:2026-11-24", DAY, "snoozed", Moment(DAY + timedelta(days=2))
    )
    found = plan(KEY, LIISA, asleep)
    assert [item.rule for item in found.snoozed] == ["birthday.gift"]
    assert sorted(lines(found)) == ["birthday", "birthday.card"]


def test_what_is_done_ahead_ends_with_the_day_and_the_call_with_the_grace_after_it() -> None:
    assert sorted(lines(plan(KEY, LIISA))) == ["birthday", "birthday.card", "birthday.gift"]
    found = plan(KEY, LIISA, today=DAY + timedelta(days=1))
    assert sorted(lines(found)) == ["birthday"]
    assert sorted(item.rule for item in found.missed) == ["birthday.card", "birthday.gift"]
    last = DAY + timedelta(days=14)
    assert sorted(lines(plan(KEY, LIISA, today=last))) == ["birthday"]
    found = plan(KEY, LIISA, today=last + timedelta(days=1))
    assert lines(found) == {}
    assert sorted(item.rule for item in found.missed) == ["birthday", "birthday.card", "birthday.gift"]


def test_a_card_for_the_day_itself_may_be_late() -> None:
    who = replace(LIISA, leads="card")
    assert sorted(lines(plan(KEY, who, today=DAY + timedelta(days=14)))) == ["birthday.card"]


def test_a_gift_that_was_put_off_until_after_the_day_comes_back() -> None:
    found = plan(KEY, LIISA, today=date(2026, 11, 20))
    (gift,) = [item for item in found.open if item.rule == "birthday.gift"]
    later = Occurrence(gift.key, DAY, "snoozed", Moment(DAY + timedelta(days=6)))
    assert "birthday.gift" in lines(plan(KEY, LIISA, later, today=DAY + timedelta(days=7)))


def test_a_person_may_have_leads_of_their_own_and_an_account_too() -> None:
    assert rules(leads="gift 14, card 3") == ["birthday.card", "birthday.gift"]
    assert rules(leads="none") == []
    assert rules(leads="wedding gift 10, call") == ["birthday"]
    calm = replace(KEY, leads="call")
    assert sorted(lines(plan(calm, LIISA))) == ["birthday"]
    assert sorted(lines(plan(calm, replace(LIISA, leads="message 2")))) == ["birthday.message"]


def test_leads_that_nobody_can_read_leave_those_of_the_settings() -> None:
    assert rules(leads="whatever 3") == ["birthday", "birthday.card", "birthday.gift"]


def test_the_first_row_of_an_action_that_fits_counts() -> None:
    rows = (Lead("birthday", 20, "gift", "role:champion"), Lead("any", 3, "gift", "tier:key"), Lead())
    settings = replace(CALM, lead=rows)
    assert lines(plan(KEY, replace(LIISA, role="champion"), settings=settings)) == {
        "birthday": "2026-11-24",
        "birthday.gift": "2026-11-04",
    }
    assert lines(plan(KEY, LIISA, settings=settings))["birthday.gift"] == "2026-11-20"


def test_a_call_goes_by_the_channel_and_a_gift_is_a_gift() -> None:
    found = plan(KEY, replace(LIISA, channel="mail"))
    assert {item.rule: item.action for item in found.open} == {
        "birthday": "mail",
        "birthday.card": "card",
        "birthday.gift": "gift",
    }


def test_a_person_who_is_new_in_the_book_is_not_late_from_the_start() -> None:
    new = replace(LIISA, created=date(2026, 11, 22))
    assert lines(plan(KEY, new, today=date(2026, 11, 22))) == {
        "birthday.gift": "2026-11-22",
        "birthday.card": "2026-11-22",
        "birthday": "2026-11-24",
    }
    after = replace(LIISA, created=date(2026, 11, 26))
    assert lines(plan(KEY, after, today=date(2026, 11, 26))) == {"birthday": "2026-11-24"}


def test_on_a_free_day_it_is_announced_on_the_working_day_before() -> None:
    saturday = replace(LIISA, birthday=PartialDate(1976, 11, 28), account_id=None)
    settings = replace(CALM, lead_birthday=0)
    assert plan(saturday, today=date(2026, 11, 26), settings=settings) == Agenda()
    (item,) = plan(saturday, today=date(2026, 11, 27), settings=settings).upcoming
    assert (item.due.day, item.shows_from) == (date(2026, 11, 28), date(2026, 11, 27))


def test_public_holidays_of_the_country_are_heeded() -> None:
    new_year = replace(LIISA, birthday=PartialDate(1976, 1, 6), created=date(2020, 1, 1))
    finnish = replace(CALM, country="FI", lead_birthday=0)
    found = plan(KEY, new_year, today=date(2027, 1, 5), settings=finnish)
    # 1 January is a holiday, and so is the 6th; Christmas Eve to the 27th are free too.
    assert lines(found) == {
        "birthday.gift": "2026-12-23",
        "birthday.card": "2026-12-31",
        "birthday": "2027-01-06",
    }


@pytest.mark.parametrize("standing", ["left", "do-not-contact", "deceased"])
def test_who_is_not_to_be_reached_gets_no_gift_either(standing: str) -> None:
    assert plan(KEY, replace(LIISA, standing=standing), days=30) == Agenda()
    assert plan(KEY, replace(LIISA, archived=True), days=30) == Agenda()
    assert plan(replace(KEY, archived=True), LIISA, days=30) == Agenda()


def test_an_occasion_called_gift_is_not_taken_for_the_gift_of_another() -> None:
    named = Occasion("other", PartialDate(None, 11, 24), "Gift")
    plain = Occasion("other", PartialDate(None, 11, 23))
    who = replace(LIISA, birthday=None, occasions=(plain, named), leads="gift, call")
    keys = [item.key for item in plan(KEY, who).open]
    assert len(set(keys)) == len(keys) == 4
