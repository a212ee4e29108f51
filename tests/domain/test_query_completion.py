"""What a query that is being typed may become."""

from __future__ import annotations

import pytest
from builders import account, contact
from hypothesis import given
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.errors import Invalid
from kam_tui.domain.query.asks import CALLED
from kam_tui.domain.query.completion import EXAMPLES, NAMES, Values, complete
from kam_tui.domain.query.query import SEGMENT, Query

ACME = account("Acme Oy", city="New York", tags=("vip", "pilot"))
BOOK = Book.of(
    ACME,
    account("Nordic", city="Nokia", tags=("pilot",)),
    account("Zeta", city="Łódź"),
    account("Eta", city="Łódź"),
    contact("Liisa", title='Head of "sales"', account_id=ACME.id, interests=("Wooden boats",)),
)
VALUES = Values(BOOK, {"best of all": "tier:key", "cold": "quiet>90d"})


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("ti", "tier:"), ("acme -sta", "acme -status:"), ("q", "quiet>"), ("bi", "birthday<"),
        ("CIT", "city:"),
        ("tier:", "tier:key"), ("tier:gr", "tier:growth"), ("tier:key,s", "tier:key,standard"),
        ("city:", "city:Łódź"), ("city:ne", 'city:"New York"'), ('city:"new', 'city:"New York"'),
        ("city:lo", "city:Łódź"), ("acme city:Oslo,no", "acme city:Oslo,Nokia"), ("tag:", "tag:pilot"),
        ("tag:v", "tag:vip"), ("account:ac", 'account:"Acme Oy"'), ("title:head", 'title:"Head of sales"'),
        ("interest:w", 'interest:"Wooden boats"'), ("segment:b", 'segment:"best of all"'),
        ("-segment:c", "-segment:cold"), ("quiet>", "quiet>30d"), ("birthday<", "birthday<14d"),
        ("archived:", "archived:yes"), ("has:birt", "has:birthday"), ('a "b c" ti', 'a "b c" tier:'),
    ],
)  # fmt: skip
def test_the_last_word_is_completed(typed: str, taken: str) -> None:
    found = complete(typed, VALUES)
    assert found
    assert found.taken == taken
    assert found.shown.startswith(typed)
    assert len(found.shown) > len(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "acme ",
        "zzz",
        "tier:key",
        "teir:k",
        "tier>k",
        "city:zzz",
        'city:"New York"',
        '"new',
        "phone:",
        "about:",
    ],
)
def test_what_is_whole_or_like_nothing_is_left_alone(typed: str) -> None:
    assert complete(typed, VALUES) is None


def test_every_name_that_is_offered_can_be_asked_for() -> None:
    assert set(NAMES) <= {*CALLED, SEGMENT}
    for name, example in EXAMPLES.items():
        Query.read(f"{name}<{example}")


@given(st.text(max_size=12) | st.text('tier:key-<>" ,#+tagcity', max_size=20))
def test_whatever_is_typed_its_completion_is_a_query(text: str) -> None:
    found = complete(text, VALUES)
    if found:
        assert found.shown.startswith(text)
        try:
            Query.typed(text)
        except Invalid:
            return
        Query.typed(found.taken, {"best of all": "tier:key", "cold": "quiet>90d"})
