from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count, pairwise
from typing import Any

import pytest
from builders import TODAY, account, activity, promise

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.pace import TRIGGERED
from kam_tui.domain.promise import Promise
from kam_tui.rules.agenda import agenda
from kam_tui.rules.portfolio import SPAN, SPANS, Figure, Portfolio, portfolio
from kam_tui.settings import Settings

SETTINGS = Settings(cadence_key=14, cadence_growth=30, cadence_standard=60)


def ago(days: int) -> Moment:
    return Moment(TODAY - timedelta(days=days))


NUMBERS = count(1)


def happened(days: int, **fields: Any) -> Activity:
    return activity("x", f"t-{next(NUMBERS)}", when=ago(days), **{"account_id": "a-acme"} | fields)


def seen(*records: Record) -> Portfolio:
    book = Book.of(*records)
    return portfolio(book, SETTINGS, agenda(book, SETTINGS, TODAY), TODAY)


def figure(name: str, *records: Record) -> Figure:
    return next(each for each in seen(*records).figures if each.name == name)


ACME = account("Acme", "a-acme", tier="key", created=TODAY - timedelta(days=100))


def test_an_empty_book_has_no_figures_and_no_tiers() -> None:
    found = seen()
    assert (found.figures, found.groups) == ((), ())


def test_the_spans_lie_end_to_end_and_the_last_one_ends_today() -> None:
    spans = seen().spans
    assert len(spans) == SPANS
    assert spans[-1] == (TODAY - timedelta(days=SPAN - 1), TODAY)
    for (first, last), (following, _end) in pairwise(spans):
        assert last - first == timedelta(days=SPAN - 1)
        assert following - last == timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "at"), [(0, 11), (29, 11), (30, 10), (359, 0), (360, None), (-1, None)], ids=str
)
def test_what_happened_counts_in_the_span_of_its_day_alone(days: int, at: int | None) -> None:
    touches = figure("touches", ACME, happened(1), happened(days))
    expected = [0] * SPANS
    expected[11] = 1
    if at is not None:
        expected[at] += 1
    assert list(touches.values) == expected


def test_a_newsletter_is_no_touch_and_what_is_said_to_count_is_one() -> None:
    some = happened(1, kind="newsletter"), happened(2, kind="note"), happened(3, kind="note", counts=True)
    assert figure("touches", ACME, *some).now == 1


def test_only_what_people_hear_each_other_at_is_personal() -> None:
    kinds = ("call", "meeting", "mail", "mail", "card", "newsletter")
    personal = figure("personal", ACME, *(happened(1, kind=kind) for kind in kinds))
    assert personal.now == 40
    assert personal.values[0] is None, "of nothing there is no share"


def test_the_change_is_to_the_span_before_and_unknown_beside_an_unknown_one() -> None:
    assert figure("touches", ACME, happened(1), happened(40), happened(41)).change == -1
    assert figure("personal", ACME, happened(1)).change is None


def test_an_account_is_in_touch_until_its_cadence_has_run_out() -> None:
    def at_the_end(days: int) -> object:
        other = account("Other", "a-other", created=TODAY), happened(0, account_id="a-other")
        return figure("in_touch", ACME, happened(days), *other).now

    assert at_the_end(14) == 100
    assert at_the_end(15) == 50


def test_whether_one_was_in_touch_is_asked_on_the_last_day_of_each_span() -> None:
    values = figure("in_touch", ACME, happened(95), happened(50), happened(31), happened(16)).values
    # The account came 100 days ago, which its first span-end 90 days ago knows of.
    assert values[:8] == (None,) * 8
    assert values[8:] == (100, 0, 100, 0)


def test_an_account_counts_from_the_first_thing_known_of_it() -> None:
    values = figure("in_touch", ACME, happened(355), happened(1)).values
    assert values[0] == 0, "it was last touched 25 days before the end of the first span"
    assert None not in values


def test_an_account_that_was_never_touched_is_not_in_touch() -> None:
    new = account("New", "a-new", tier="key", created=TODAY)
    newsletter = happened(1, kind="newsletter", account_id="a-new")
    assert figure("in_touch", ACME, happened(1), new, newsletter).now == 50


def test_who_is_not_to_be_kept_in_touch_with_is_not_counted() -> None:
    others = (
        account("Gone", "a-gone", status="former"),
        account("Shelved", "a-shelved", archived=True),
        account("Asked", "a-asked", cadence_style=TRIGGERED),
    )
    found = seen(ACME, happened(1), *others)
    assert next(each for each in found.figures if each.name == "in_touch").now == 100
    assert [(group.tier, group.accounts, group.awaited) for group in found.groups] == [
        ("key", 1, 1),
        ("standard", 1, 0),
    ]


def test_promises_count_on_the_day_they_were_settled() -> None:
    def kept(number: int, settled: int, due: int, state: str = "kept") -> Promise:
        day = TODAY - timedelta(days=settled)
        return promise("p", f"p-{number}", created=TODAY - timedelta(days=300), due=ago(due),
                       settled=day, state=state, account_id="a-acme")  # fmt: skip

    found = figure("promises", ACME, kept(1, 5, 5), kept(2, 5, 6), kept(3, 6, 6, "broken"), kept(4, 40, 39),
                   promise("still open", "p-5", due=ago(9)))  # fmt: skip
    assert found.now == 33
    assert found.values[-2] == 100
    assert found.values[0] is None


def test_sales_are_summed_by_currency_that_of_the_most_first() -> None:
    found = seen(
        ACME,
        happened(1, kind="sale", amount="100.50 EUR"),
        happened(2, kind="sale", amount="0.25 EUR"),
        happened(40, kind="sale", amount="900 SEK"),
        happened(3, kind="gift", amount="45 EUR"),
        happened(4, kind="sale"),
    )
    sold = [each for each in found.figures if each.name.startswith("sold")]
    assert [(each.name, each.unit, each.now) for each in sold] == [
        ("sold_sek", "SEK", Decimal(0)),
        ("sold_eur", "EUR", Decimal("100.75")),
    ]
    assert sold[0].values[-2] == Decimal(900)


def test_complaints_are_counted_and_a_figure_of_nothing_is_left_out() -> None:
    assert figure("complaints", ACME, happened(31, kind="complaint")).values[-2:] == (1, 0)
    assert "complaints" not in {each.name for each in seen(ACME, happened(1)).figures}


def test_each_tier_tells_its_accounts_and_what_is_open_with_them() -> None:
    cold = account("Cold", "a-cold", tier="growth", created=date(2025, 1, 1))
    late = promise("Send it", account_id="a-acme", due=ago(3), created=TODAY - timedelta(days=9))
    key, growth = seen(ACME, happened(1), cold, late).groups
    assert (key.tier, key.accounts, key.in_touch, key.awaited, key.late, key.quiet, key.at_risk) == (
        "key", 1, 1, 1, 1, 0, 0,
    )  # fmt: skip
    assert (growth.tier, growth.accounts, growth.in_touch, growth.awaited, growth.at_risk) == (
        "growth", 1, 0, 1, 1,
    )  # fmt: skip
