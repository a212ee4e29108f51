"""Queries: which accounts and people a few words mean."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import account, contact
from hypothesis import example, given
from hypothesis import strategies as st

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.errors import Invalid
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.partial_date import PartialDate
from kam_tui.domain.query import FIELDS, Query

PARENT = account("Nordhamn Group")
ACME = account(
    "Acme Sähkö Oy", "a-acme",
    aliases=("Akme",), tier="key", city="New York", tags=("vip", "pilot"), cadence_days=21, via=PARENT.id,
    customer_since=PartialDate(2019, 5), created=date(2024, 3, 1), about="Buys panels, birch.",
    links=(Labeled("https://acme.example", "web"),),
    occasions=(Occasion("other", PartialDate(None, 3, 1), "Founding day"),),
)  # fmt: skip
LIISA = contact(
    "Liisa Korhonen", nickname="Lissu", account_id=ACME.id, role="champion", tags=("golf",),
    birthday=PartialDate(None, 4, 12), interests=("Wooden boats",),
)  # fmt: skip
LONER = contact("Pekka Laine", standing="left", birthday=PartialDate(1980, 12, 24))
BOOK = Book.of(PARENT, ACME, LIISA, LONER)


def meant(text: str, party: Account | Contact = ACME) -> bool:
    return Query.read(text).matches(BOOK, party)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "tier:key",
        "Tier:KEY",
        'tier:"Key account"',
        "tier:growth,key",
        "-tier:growth",
        "status:customer -status:former",
        "city:york",
        'city:"new york"',
        "tag:vip",
        "tags:vip tags:+PILOT",
        "tag:golf,vip",
        "-tag:golf",
        "archived:no",
        "cadence_days:21",
        "cadence-days>20 cadence_days<22",
        "customer_since:2019",
        "customer_since<2020 customer_since>2018-12-31",
        "created>2024-02 created<2024-03-02 created:2024-03-01",
        "via:nordhamn",
        "about:birch",
        "link:acme.example",
        'occasions:"founding day"',
        "acme",
        "sahko acme",
        "akme",
        '"Sähkö Oy"',
        "-nordhamn",
    ],
)
def test_what_an_account_is(text: str) -> None:
    assert meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "tier:growth",
        "tier:growth,standard",
        "-tier:key",
        "tier:key status:former",
        "city:Oslo",
        "tag:golf",
        "tag:vi",
        "archived:yes",
        "cadence_days>21",
        "cadence_days<21",
        "customer_since>2019",
        "customer_since<2019",
        "customer_since>2019-05-20",
        "customer_since<2019-05-20",
        "customer_since:2019-06",
        "industry:wood",
        "nordhamn",
        "acme nordhamn",
        '"oy sähkö tmi"',
        "role:champion",
        "account:acme",
        '"tier:key"',
    ],
)
def test_what_an_account_is_not(text: str) -> None:
    assert not meant(text)
    assert " " in text or text[0] == "-" or meant(f"-{text}")


@pytest.mark.parametrize(
    "text",
    ["liisa", "lissu", "role:champion", "tier:key", "city:york", "tag:golf", "tag:vip", "account:acme",
     "birthday:--04", "birthday:--04-12", "interest:boats", "-role:user", "created<2024", "-standing:left"],
)  # fmt: skip
def test_a_person_is_asked_first_and_then_their_account(text: str) -> None:
    assert meant(text, LIISA)


@pytest.mark.parametrize("text", ["tier:key", "-standing:left", "tag:vip", "account:acme", "birthday:--04"])
def test_a_person_without_an_account_has_only_what_is_their_own(text: str) -> None:
    assert not meant(text, LONER)
    assert meant("birthday:1980 birthday<1980-12-25 birthday>1980-11", LONER)
    assert not meant("birthday<2020", LIISA), "a birthday without a year is neither before nor after"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tier:key teir:key", "teir:key asks for teir, which is no field of an account or a person."),
        (":key", ':key asks for "", which is no field'),
        ("city:Oslo tier:kye", "tier:kye: kye is not one of key, growth, standard."),
        ("tier>key", "tier>key compares tier, which is neither a number nor a date."),
        ("cadence_days>soon", "cadence_days>soon: soon is not a number of days from 1 to 3660."),
        ("created<soon", "created<soon: soon is not a date such as"),
        ("birthday>--04", "birthday>--04: --04 has no year to compare."),
        ("customer_since:31.2.2020", "customer_since:31.2.2020: there is no day 31 in that month."),
        ("archived:perhaps", "archived:perhaps: perhaps is neither yes nor no."),
        ("tier:", "tier: does not say what to look for."),
        ("tier:,", "tier:, does not say what to look for."),
        ("cadence_days>", "cadence_days> does not say what to look for."),
        ("acme -", "- does not say what to look for."),
        ('""', '"" does not say what to look for.'),
        ("tag:+", "tag:+ does not say what to look for."),
        ('city:"New York', 'city:"New York has a quote without its twin.'),
    ],
)
def test_what_cannot_be_read_is_told_by_its_word(text: str, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        Query.read(text)
    assert said in str(caught.value)


def test_near_fields_are_offered_and_all_of_them_where_none_is_near() -> None:
    with pytest.raises(Invalid) as caught:
        Query.read("teir:key")
    assert caught.value.hint == "Did you mean tier?"
    with pytest.raises(Invalid) as caught:
        Query.read("zzz:1")
    assert "city" in caught.value.hint


def test_a_query_prints_as_it_is_read() -> None:
    text = 'acme -"New York" tier:key,growth -tags:vip city:"New York" cadence_days<30 customer_since>2019-05'
    assert str(Query.read(text)) == text
    assert str(Query.read("Tag:+VIP  archived:Y")) == "tags:vip archived:yes"


WORDS: dict[str, st.SearchStrategy[str]] = {
    "tier": st.sampled_from(["key", "growth"]),
    "status": st.sampled_from(["former", "Prospect"]),
    "archived": st.sampled_from(["yes", "no"]),
    "cadence_days": st.integers(1, 3660).map(str),
    "created": st.dates().map(str),
    "birthday": st.dates().map(lambda day: f"--{day:%m-%d}"),
    "customer_since": st.integers(1900, 2100).map(str),
}
TEXTS = st.text(st.characters(exclude_characters='"', exclude_categories=["C"]), max_size=12)


@st.composite
def queries(draw: st.DrawFn) -> str:
    words = []
    for _number in range(draw(st.integers(0, 4))):
        name = draw(st.sampled_from([*WORDS, "city", "tags", "via", ""]))
        value = f'"a{draw(TEXTS)}"' if name not in WORDS else draw(WORDS[name])
        signs = "<>:" if name in ("cadence_days", "created") else ":"
        words.append(
            f"{'-' if draw(st.booleans()) else ''}{name}{draw(st.sampled_from(signs)) if name else ''}{value}"
        )
    return " ".join(words)


@given(queries(), st.sampled_from([ACME, PARENT, LIISA, LONER]))
def test_print_and_read_take_turns_without_a_change(text: str, party: Account | Contact) -> None:
    query = Query.read(text)
    again = Query.read(str(query))
    assert again == query
    assert again.matches(BOOK, party) is query.matches(BOOK, party)


@given(st.text() | st.text('tier:key-<>" ,#+tagcreated12.', max_size=30), st.sampled_from([ACME, LIISA]))
@example("created<9999999", ACME)
@example("\ud800:", ACME)
def test_any_text_is_a_query_or_is_told_to_be_none(text: str, party: Account | Contact) -> None:
    try:
        query = Query.read(text)
    except Invalid:
        return
    assert query.matches(BOOK, party) in (True, False)
    assert Query.read(str(query)) == query


@given(st.sampled_from(sorted(FIELDS)), st.sampled_from(":<>"))
def test_every_field_may_be_asked_for(name: str, sign: str) -> None:
    samples: list[Any] = ["key", "yes", "14", "2019", "customer", "benefit", "external", "long-term", "clasp",
                          "user", "phone", "active", "exploration"]  # fmt: skip
    for value in samples:
        try:
            query = Query.read(f"{name}{sign}{value}")
        except Invalid:
            continue
        assert all(query.matches(BOOK, party) in (True, False) for party in (ACME, LIISA, LONER))
