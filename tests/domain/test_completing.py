"""Names and tags are offered while they are typed, the likely ones first, and mean who was offered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import NOW, TODAY, account, activity, contact
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.completing import MOST, Names, mark_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.one_line import read_line

BOOK = Book.of(
    account("Acme Oy", "a-acme", tier="key", tags=("vip",)),
    account("Åkeström Oy", "a-akes", aliases=("Aki's",)),
    account("Nordic Timber Oy", "a-nordic", tier="growth", tags=("wood",)),
    account("Old Acquaintance", "a-old", archived=True),
    contact("Liisa Korhonen", "c-lk", account_id="a-acme"),
    contact("Liisa Virtanen", "c-lv", account_id="a-nordic", nickname="Lissu"),
    contact("Anna Liisanen", "c-al", account_id="a-nordic", tags=("vip", "wine")),
    activity("lunch", "t-1", when=Moment(TODAY - timedelta(days=3)), contact_ids=("c-lv",), tags=("vip",)),
    activity("call", "t-2", when=Moment(TODAY - timedelta(days=200)), contact_ids=("c-lk",)),
)


def offered(head: str, account_id: str | None = None, book: Book = BOOK) -> list[str]:
    found = Names(book, TODAY).offers(head, account_id)
    return [offer.name for offer in found.offers] if found else []


def test_any_word_of_a_name_may_be_begun_without_case_or_accents() -> None:
    assert offered("@korh") == ["Liisa Korhonen"]
    assert offered("talked to @akes") == ["Åkeström Oy"]
    assert offered("@lissu") == ["Liisa Virtanen"]
    assert offered("@timb") == ["Nordic Timber Oy"]


def test_people_of_one_name_at_one_account_are_offered_with_their_titles() -> None:
    twins = [contact("Bo Ek", f"c-{title}", account_id="a-acme", title=title) for title in ("CEO", "CFO")]
    names = Names(
        Book.of(account("Acme Oy", "a-acme"), *twins, contact("Bo Ahl", account_id="a-acme")), TODAY
    )
    assert [each.note for each in names.like("bo ek", Contact)] == ["Acme Oy, CEO", "Acme Oy, CFO"]
    assert [each.note for each in names.like("bo ahl", Contact)] == ["Acme Oy"]
    assert [each.name for each in names.like("ac", Account)] == ["Acme Oy"]
    assert names.like("ac", Contact) == []


def test_the_better_tier_comes_first_where_nobody_was_in_touch_and_who_has_no_account_last() -> None:
    tiers = [account(f"Beta {tier}", f"a-{tier}", tier=tier) for tier in ("standard", "growth", "key")]
    alone = contact("Beta Alone", "c-alone")
    assert offered("@beta", book=Book.of(*tiers, alone)) == [
        "Beta key", "Beta growth", "Beta standard", "Beta Alone",
    ]  # fmt: skip


def test_names_that_begin_like_it_come_before_those_that_hold_it_and_recent_ones_first() -> None:
    assert offered("@liisa") == ["Liisa Virtanen", "Liisa Korhonen", "Anna Liisanen"]


def test_key_accounts_lead_where_nothing_is_typed_yet_but_for_who_was_met_lately() -> None:
    assert offered("@")[:4] == ["Nordic Timber Oy", "Liisa Virtanen", "Acme Oy", "Liisa Korhonen"]
    assert len(offered("@")) == MOST


def test_people_of_the_account_in_the_line_come_first() -> None:
    assert offered("@acme met @li", "a-acme")[0] == "Liisa Korhonen"


def test_two_begun_words_narrow_it_down() -> None:
    assert offered("@li virt") == ["Liisa Virtanen"]
    assert offered('@"liisa k') == ["Liisa Korhonen"]


@pytest.mark.parametrize(
    "head", ["", "@acme ", "@acme called", "anna@liisa", "@liisa, and", '@"Acme Oy"', "2+2", "@zzz", "@!"]
)
def test_nothing_is_offered_where_no_name_is_being_typed(head: str) -> None:
    assert offered(head) == []


def test_the_archived_are_not_offered() -> None:
    assert offered("@old") == []


def test_tags_are_offered_by_their_beginning_the_most_used_first() -> None:
    assert offered("@acme liked it +") == ["vip", "wine", "wood"]
    assert offered("#wi") == ["wine"]
    assert offered("+wine") == []


def test_without_the_timeline_names_are_offered_all_the_same() -> None:
    found = Names(BOOK, TODAY, lived=False).offers("@li")
    assert found
    assert [offer.name for offer in found.offers][:2] == ["Liisa Korhonen", "Liisa Virtanen"]


def test_what_is_offered_says_where_somebody_is() -> None:
    found = Names(BOOK, TODAY).offers("hello @korh")
    assert found
    assert (found.start, found.offers[0].note) == (6, "Acme Oy")


WORD = st.text("aåbÖéz'\"-.,;@+# 東İßø1_:", min_size=1, max_size=12)


@tries(max_examples=150)
@given(st.lists(WORD.filter(lambda name: bool(name.strip())), min_size=1, max_size=4), st.data())
def test_what_is_put_in_the_line_means_who_was_offered(names: list[str], data: st.DataObject) -> None:
    some: list[Record] = [account(" ".join(name.split()), f"a-{i}0000000") for i, name in enumerate(names)]
    book = Book.of(*some)
    party = data.draw(st.sampled_from([*book.accounts.values()]))
    line = read_line(book, f"@{mark_of(book, party)} has called", Reading(now=NOW))
    assert not line.problems
    assert line.account == party
    assert line.text == "has called"
