"""Queries: which accounts and people a few words mean."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from builders import TODAY, account, activity, contact
from hypothesis import example, given
from hypothesis import strategies as st

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.errors import Invalid
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.query.answers import Circumstances
from kam_tui.domain.query.asks import ASKS, CALLED
from kam_tui.domain.query.found_by import Texts, text_of
from kam_tui.domain.query.query import Misread, Query

PARENT = account("Nordhamn Group")
ACME = account(
    "Acme Sähkö Oy", "a-acme",
    aliases=("Akme",), tier="key", city="New York", tags=("vip", "pilot"), cadence_days=21, via=PARENT.id,
    customer_since=PartialDate(2019, 5), created=date(2024, 3, 1), about="Buys panels, birch.",
    links=(Labeled("https://acme.example", "web"),), phones=(Labeled("+358 456"), Labeled("09-456")),
    stage="expansion",
    occasions=(Occasion("other", PartialDate(None, 3, 1), "Founding day"),),
)  # fmt: skip
LIISA = contact(
    "Liisa Korhonen", nickname="Lissu", account_id=ACME.id, role="champion", tags=("golf",),
    birthday=PartialDate(None, 4, 12), interests=("Wooden boats",),
)  # fmt: skip
LONER = contact("Pekka Laine", standing="left", birthday=PartialDate(1980, 12, 24))


def ago(days: int) -> Moment:
    return Moment(TODAY - timedelta(days=days))


BOOK = Book.of(
    PARENT, ACME, LIISA, LONER,
    activity("called", kind="call", when=ago(40), contact_ids=(LIISA.id,)),
    activity("paper is no touch", kind="invoice", when=ago(3), account_id=ACME.id),
)  # fmt: skip
KNOWN = Circumstances(TODAY, {ACME.id: TODAY + timedelta(days=5), LIISA.id: TODAY - timedelta(days=2)})
SEGMENTS = {"best": "tier:key tag:vip", "Best of York": "segment:best city:york", "loop": "segment:loop"}


def meant(text: str, party: Account | Contact = ACME) -> bool:
    return Query.read(text, SEGMENTS).matches(BOOK, party, KNOWN)


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
        "account:acme",
        "acme",
        "sahko acme",
        "akme",
        '"Sähkö Oy"',
        "-nordhamn",
        "pilot york customer",
        '"new york"',
        "expan",
        "358456",
        "09 456",
        "cadence_days>=21 cadence_days<=21",
        "quiet>30d quiet<41 quiet:40 -quiet>40d",
        "quiet>1m quiet<6w quiet<1y",
        "last_contact>30d",
        "touched<41d touched>2026-10-01 touched:2026-10",
        "-touched<7d",
        "due<7d due:5d due>0d due:2026-11",
        "created<3y -created<2y",
        "customer_since>7y customer-since<8y since>2d",
        "occasion>90d occasion<6m -occasion<14d",
        "has:cadence_days has:tags -has:industry -has:mail",
        "segment:best",
        'segment:"best of york"',
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
        "account:other",
        '"tier:key"',
        '"york new"',
        "quiet<40d",
        "touched:today",
        "touched<2026-10",
        "due<0d",
        "due:tomorrow",
        "birthday<366d",
        "has:city,industry tier:growth",
        "-segment:best",
        "birch",
    ],
)
def test_what_an_account_is_not(text: str) -> None:
    assert not meant(text)
    assert " " in text or text[0] == "-" or meant(f"-{text}")


@pytest.mark.parametrize(
    "text",
    ["liisa", "lissu", "role:champion", "tier:key", "city:york", "tag:golf", "tag:vip", "account:acme",
     "birthday:--04", "birthday:--04-12", "interest:boats", "-role:user", "created<2024", "-standing:left",
     "acme", "pilot", '"new york"', "wooden boats", "quiet:40d", "due<0d", "due<7d", "due>-3d",
     "-birthday<14d",
     "birthday<146d", "birthday>144d", "segment:best", "has:birthday,mail", "has:city"],
)  # fmt: skip
def test_a_person_is_asked_first_and_then_their_account(text: str) -> None:
    assert meant(text, LIISA)


@pytest.mark.parametrize("text", ["tier:key", "-standing:left", "tag:vip", "account:acme", "birthday:--04"])
def test_a_person_without_an_account_has_only_what_is_their_own(text: str) -> None:
    assert not meant(text, LONER)
    assert meant("birthday:1980 birthday<1980-12-25 birthday>1980-11", LONER)
    assert not meant("birthday<2020", LIISA), "a birthday without a year is neither before nor after"
    assert not meant("champion", LONER)
    assert meant("quiet>100y -touched<100y -quiet<100y -due<1y", LONER), "never in touch, and nothing due"


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
        ("quiet>soon", "quiet>soon: soon is not a time such as 30d, 2w, 3m or 1y."),
        ("occasion<2020-01-01", "2020-01-01 is not a time such as 30d"),
        ("has>1", "has>1 compares has, which is neither a number nor a date."),
        ("has:money", "has:money: money is no field of an account or a person."),
        ("segment:nobody", "segment:nobody: there is no segment nobody."),
        ("segment:loop", "segment:loop: there is no segment loop."),
        ("segment>best", "segment>best asks for segment"),
        ("tier:", "tier: does not say what to look for."),
        ("tier:,", "tier:, does not say what to look for."),
        ("cadence_days>", "cadence_days> does not say what to look for."),
        ("acme -", "- does not say what to look for."),
        ('""', '"" does not say what to look for.'),
        ("tag:+", "tag:+ does not say what to look for."),
        ('city:"New York', 'city:"New York has a quote without its twin.'),
        ("tier:key OR tier:growth", "OR is no word of a query: all words must hold."),
    ],
)
def test_what_cannot_be_read_is_told_by_its_word(text: str, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        Query.read(text, SEGMENTS)
    assert said in str(caught.value)


def test_a_word_of_other_query_languages_is_looked_for_in_quotes() -> None:
    for text in ('"OR"', "or", "-ORY"):
        assert Query.read(str(Query.read(text))) == Query.read(text)


def test_near_fields_are_offered_and_all_of_them_where_none_is_near() -> None:
    with pytest.raises(Invalid) as caught:
        Query.read("teir:key")
    assert caught.value.hint == "Did you mean tier?"
    with pytest.raises(Invalid) as caught:
        Query.read("zzz:1")
    assert "city" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "pointed"),
    [
        ("teir:key", "teir:key"),
        ("  acme   teir:key timber", "teir:key"),
        ('city:"New York" tier:kye', "tier:kye"),
        ('acme city:"New York', 'city:"New York'),
        ("quiet>soon\tacme", "quiet>soon"),
    ],
)
def test_the_word_that_cannot_be_read_is_pointed_at(text: str, pointed: str) -> None:
    with pytest.raises(Misread) as caught:
        Query.read(text)
    assert text[caught.value.start : caught.value.end] == pointed


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("acme tier:", "acme"), ("acme tier:k", "acme"), ("tier:key,gr", ""), ("acme -", "acme"),
        ("quiet>", ""),
        ("ti", "ti"), ("quiet>3", "quiet>3d"), ("created<2020-1", ""), ("touched<yes", ""), ("due:tom", ""),
        ('acme city:"New Y', 'acme city:"New Y"'), ("segment:be", ""), ("has:ci", ""), ("acme ", "acme"),
        ("-status:form", ""), ("tier:ke tier:key", None), ("teir:", None), ("tier:kyx", None),
        ("tier:k ", None),
        ("tier>k", None), ("quiet>soon", None), ("segment:xx", None), ("archived:perhaps", None),
    ],
)  # fmt: skip
def test_a_word_that_is_only_begun_is_left_out_and_a_wrong_one_is_told(text: str, taken: str | None) -> None:
    if taken is None:
        with pytest.raises(Misread):
            Query.typed(text, SEGMENTS)
    else:
        assert str(Query.typed(text, SEGMENTS)) == taken


def test_of_several_words_all_that_can_be_read_hold_and_the_first_wrong_one_is_told() -> None:
    query, problem = Query.readable("teir:x acme kiet>3 tier:key quiet>")
    assert str(query) == "acme tier:key"
    assert problem
    assert (problem.start, problem.end) == (0, 6)
    assert Query.readable("acme") == (Query.read("acme"), None)


@dataclass
class Shown:
    record: Account | Contact
    words: str


@pytest.mark.parametrize(
    "text",
    ["", "acme", "-acme", "tier:key", "pilot -quiet>50d", 'segment:best "new york"', "a", "liisa tag:vip"],
)
def test_a_list_is_narrowed_to_those_who_are_meant_in_its_order(text: str) -> None:
    parties: list[Account | Contact] = [LONER, LIISA, ACME, PARENT]
    lines = [Shown(p, words) for p, words in zip(parties, Texts().of(BOOK, parties), strict=True)]
    query = Query.read(text, SEGMENTS)
    assert [line.record for line in query.narrow(BOOK, KNOWN, lines)] == [
        p for p in parties if meant(text, p)
    ]


def test_what_one_is_found_by_is_worked_out_anew_when_they_or_their_account_change() -> None:
    texts = Texts()
    assert texts.of(BOOK, [LIISA, ACME]) == [text_of(BOOK, LIISA), text_of(BOOK, ACME)]
    moved = replace(ACME, city="Turku")
    book = Book.of(moved, LIISA)
    assert "turku" in texts.of(book, [LIISA])[0]
    assert "new york" not in texts.of(book, [LIISA])[0]


def test_a_leap_days_birthday_comes_as_the_settings_keep_it() -> None:
    born = contact("Leap", birthday=PartialDate(1980, 2, 29))
    on = date(2027, 2, 20)
    for rule, days in (("feb28", 8), ("mar1", 9)):
        known = Circumstances(on, leap_rule=rule)
        assert Query.read(f"birthday:{days}d").matches(Book.of(born), born, known)


def test_times_reach_no_further_than_the_calendar() -> None:
    assert meant("quiet<9999y due<9999y created<9999y")
    assert not meant("created>9999y")


def test_every_name_leads_to_what_may_be_asked_for() -> None:
    assert set(CALLED.values()) == set(ASKS)


def test_a_query_tells_what_it_asks_for_in_its_segments_too() -> None:
    assert Query.read("acme segment:best due<7d", SEGMENTS).asks == {"", "segment", "tier", "tags", "due"}


def test_a_query_prints_as_it_is_read() -> None:
    text = 'acme -"New York" tier:key,growth -tags:vip city:"New York" cadence_days<30 customer_since>2019-05'
    assert str(Query.read(text)) == text
    assert str(Query.read("Tag:+VIP  archived:Y")) == "tags:vip archived:yes"


WORDS: dict[str, st.SearchStrategy[str]] = {
    "tier": st.sampled_from(["key", "growth"]),
    "status": st.sampled_from(["former", "Prospect"]),
    "archived": st.sampled_from(["yes", "no"]),
    "quiet": st.sampled_from(["30d", "2w", "today", "-3m", "12"]),
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
        signs = "<>:" if name in ("cadence_days", "created", "quiet") else ":"
        words.append(
            f"{'-' if draw(st.booleans()) else ''}{name}{draw(st.sampled_from(signs)) if name else ''}{value}"
        )
    return " ".join(words)


@given(queries(), st.sampled_from([ACME, PARENT, LIISA, LONER]))
def test_print_and_read_take_turns_without_a_change(text: str, party: Account | Contact) -> None:
    query = Query.read(text)
    again = Query.read(str(query))
    assert again == query
    assert again.matches(BOOK, party, KNOWN) is query.matches(BOOK, party, KNOWN)


@given(st.text() | st.text('tier:key-<>" ,#+tagcreated12.', max_size=30), st.sampled_from([ACME, LIISA]))
@example("created<9999999", ACME)
@example("\ud800:", ACME)
def test_any_text_is_a_query_or_is_told_to_be_none(text: str, party: Account | Contact) -> None:
    try:
        query = Query.read(text)
    except Invalid:
        return
    assert query.matches(BOOK, party, KNOWN) in (True, False)
    assert Query.read(str(query)) == query
    assert isinstance(Query.typed(text), Query)


@pytest.mark.parametrize("name", sorted(ASKS))
def test_every_field_may_be_asked_for(name: str) -> None:
    ask = ASKS[name]
    for sign in (":", "<", ">", "<=", ">="):
        queries = []
        for value in (*ask.options, "key", "yes", "14", "30d", "2019", "today"):
            with suppress(Invalid):
                queries.append(Query.read(f"{name}{sign}{value}"))
        assert bool(queries) == (sign == ":" or ask.compares), sign
        for query in queries:
            assert {query.matches(BOOK, party, KNOWN) for party in (ACME, LIISA, LONER)} <= {True, False}
