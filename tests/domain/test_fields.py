"""One table per record: forms, documents and sentences come out of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import NOW, account, activity, contact, reminder
from hypothesis import given
from hypothesis import strategies as st

from kam_tui.domain.account import ACCOUNT
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Record, table_of
from kam_tui.domain.contact import CONTACT
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.reading import PLAIN
from kam_tui.domain.erasure import Erasure
from kam_tui.domain.errors import Invalid
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.lookup import reading
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.reminder import Occurrence

FULL: list[Record] = [
    account(
        aliases=("AC", "Acme"), tier="key", phones=(Labeled("+358 9 123", "switchboard"), Labeled("09 456")),
        customer_since=PartialDate(2015, 6), 
        occasions=(Occasion("other", PartialDate(None, 3, 1), "Founding day", 10),),
        cadence_days=21, about="Two\nlines", tags=("vip",), archived=True, sources=("hubspot:1",),
    ),
    contact(
        birthday=PartialDate(None, 2, 29), emails=(Labeled("l@acme.example", "work"),), interests=("sailing",)
    ),
    activity(kind="meeting", contact_ids=("c-1", "c-2"), counts=False, because="birthday:c-1:2026-11-18"),
    reminder(rule="FREQ=WEEKLY", action="mail", due=Moment.parse("2026-11-24T14:00[Europe/Helsinki]")),
    Occurrence("birthday:c-1:2026-11-18", date(2026, 11, 18), "snoozed", Moment(date(2026, 11, 20))),
    Erasure("x-1", date(2026, 11, 18), "0a1b", ("12ab", "34cd"), names=True),
]  # fmt: skip


@pytest.mark.parametrize("record", FULL, ids=lambda record: type(record).__name__)
def test_a_record_comes_back_from_its_document_as_it_was(record: Record) -> None:
    schema: Any = SCHEMAS[table_of(record)]
    assert schema.decode(schema.encode(record)) == record


def test_a_document_holds_only_what_is_not_the_default() -> None:
    assert ACCOUNT.encode(account()) == {"id": "a-acmeoy", "created": "2020-01-01", "name": "Acme Oy"}


def test_keys_of_a_newer_kam_are_kept() -> None:
    document = {"id": "a-1", "created": "2026-01-01", "name": "Acme", "mood": {"x": 1}}
    assert ACCOUNT.encode(ACCOUNT.decode(document)) == document


@pytest.mark.parametrize(
    "broken",
    [
        {"tier": "gold"},
        {"created": "someday"},
        {"tags": "vip"},
        {"archived": "yes"},
        {"name": 5},
        {"name": ""},
        {"cadence_days": "x"},
    ],
)
def test_a_document_of_another_shape_is_refused_with_its_id_and_field(broken: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="a-1"):
        ACCOUNT.decode({"id": "a-1", "created": "2026-01-01", "name": "Acme"} | broken)


def test_terminal_sequences_in_a_document_are_gone_when_it_is_read() -> None:
    read = ACCOUNT.decode({"id": "a-1", "created": "2026-01-01", "name": "A\x1b[2Jcme", "about": "x\x9b1my"})
    assert (read.name, read.about) == ("Acme", "xy")


def test_a_form_is_read_field_by_field() -> None:
    values = CONTACT.read_form(
        {
            "name": " Liisa  Korhonen ", "emails": "work: l@acme.example; home: l@home.example",
            "birthday": "12.4.", "occasions": "wedding: 2010-06-15; Founding day: --03-01", "title": "",
            "tags": '+VIP "golf"', "standing": "Left the company", "cadence_days": "30",
            "interests": "sailing, chess",
        },
        PLAIN,
    )  # fmt: skip
    assert values["name"] == "Liisa Korhonen"
    assert values["emails"] == (Labeled("l@acme.example", "work"), Labeled("l@home.example", "home"))
    assert values["birthday"] == PartialDate(None, 4, 12)
    assert [o.kind for o in values["occasions"]] == ["wedding", "other"]
    assert values["tags"] == ("vip", "golf")
    assert values["standing"] == "left"
    assert values["cadence_days"] == 30
    assert values["interests"] == ("sailing", "chess")
    assert values["title"] == ""


def test_a_form_tells_all_its_problems_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        CONTACT.read_form({"name": "", "birthday": "soon", "cadence_days": "-3", "shoe": "44"}, PLAIN)
    assert set(caught.value.problems) == {"name", "birthday", "cadence_days", "shoe"}
    assert "must not be empty" in caught.value.problems["name"]


def test_what_is_shown_can_be_typed_back() -> None:
    book = Book.of(*FULL)
    for record in (FULL[0], FULL[1]):
        schema: Any = SCHEMAS[table_of(record)]
        shown = {field.name: schema.show(record, field, book.name_of) for field in schema.form}
        values = schema.read_form(shown, reading(book, NOW, PLAIN))
        assert schema.change(record, **values) == record


@given(st.text(max_size=30))
def test_any_text_survives_document_and_back(about: str) -> None:
    values = CONTACT.read_form({"about": about}, PLAIN)
    made = contact(name="x", **values)
    assert CONTACT.decode(CONTACT.encode(made)) == made
