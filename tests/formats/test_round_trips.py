"""What kam writes it reads back: CSV without a change, JSON to an equal book."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from builders import NOW, account, activity, contact, reminder
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.account import STATUSES, TIERS, Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.contact import ROLES, STANDINGS, Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.draft import Options
from kam_tui.domain.errors import Invalid
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.text import clean
from kam_tui.formats.registry import READERS, TABLES, WRITERS, Wanted, read_file, write_file
from kam_tui.usecases import merging
from kam_tui.usecases.import_plan import Plan

ACME = account(
    "Acme, Inc.",
    tier="key",
    status="prospect",
    aliases=("ACME", "The Coyote's"),
    phones=(Labeled("+358 9 555 0001"), Labeled("tel: 5", "")),
    links=(Labeled("https://a.example/x;y:z", "home page"),),
    domain="acme.example",
    customer_since=PartialDate(2020, 5),
    occasions=(Occasion("other", PartialDate(2001, 9, 1), "Founding: day"),),
    cadence_days=21,
    needs="- short offers\n- quick answers",
    tags=("key", "north"),
    sources=("hubspot:1",),
)
NORTH = account("=Acme North", "a-north", via=ACME.id, scope="internal", unit="R&D", archived=True)
LIISA = contact(
    "Liisa Korhonen",
    account_id=ACME.id,
    emails=(Labeled("liisa@acme.example", "work"), Labeled("l@home.example")),
    phones=(Labeled("+358401234567"), Labeled("+358-40-1", "mobile")),
    birthday=PartialDate(None, 2, 29),
    occasions=(
        Occasion("wedding", PartialDate(2010, 6, 15), "Silver", 30),
        Occasion("nameday", PartialDate(None, 8, 2)),
    ),
    interests=("sailing", "rock, pop"),
    about='She said "=no" ;\n\n+1-1',
    cadence_days=14,
    tags=("golf",),
    sources=("uid:abc",),
)
OTTO = contact("Otto 'Ote' Mäki", "c-otto", reports_to=LIISA.id, account_id=ACME.id, standing="left")
BOOK = Book.of(
    ACME, NORTH, LIISA, OTTO,
    activity("Talked about [/bold] and things", account_id=ACME.id, contact_ids=(LIISA.id,)),
    replace(reminder("Call"), extra={"from_the_future": {"x": [1, 2]}}),
)  # fmt: skip


def plan_of(book: Book, text: str, name: str) -> Plan:
    parsed = read_file(name, text.encode())
    return merging.plan(book, NOW, parsed.drafts, parsed.rejects, parsed.records)


@pytest.mark.parametrize("table", ["contacts", "accounts"])
@pytest.mark.parametrize("raw", [False, True])
def test_our_own_csv_changes_nothing_in_the_book_it_comes_from(table: str, raw: bool) -> None:
    text = write_file("csv", BOOK, NOW, Wanted(table=table, raw=raw, archived=True))
    planned = plan_of(BOOK, text, "out.csv")
    assert [line for line in planned.lines if line.outcome != "same"] == []
    assert planned.counts["same"] == 2
    assert planned.edits == ()


def test_a_year_1604_that_came_into_our_own_csv_elsewhere_is_none() -> None:
    born = contact(
        birthday=PartialDate(1980, 3, 4), occasions=(Occasion("wedding", PartialDate(1980, 2, 29)),)
    )
    text = write_file("csv", Book.of(born), NOW, Wanted(table="contacts")).replace("1980", "1604")
    (made,) = Book.of().after(plan_of(Book.of(), text, "out.csv").edits).contacts.values()
    assert made.birthday == PartialDate(None, 3, 4)
    assert made.occasions[0].on == PartialDate(None, 2, 29)


def test_our_own_csv_builds_the_same_people_in_an_empty_book() -> None:
    book = Book.of()
    for table in ("accounts", "contacts"):
        text = write_file("csv", BOOK, NOW, Wanted(table=table, archived=True))
        book = book.after(plan_of(book, text, "out.csv").edits)
    found = {each.name: each for each in book.contacts.values()}
    liisa, otto = found[LIISA.name], found[OTTO.name]
    for name in ("emails", "phones", "birthday", "interests", "about", "cadence_days", "tags"):
        assert getattr(liisa, name) == getattr(LIISA, name), name
    assert otto.reports_to == liisa.id
    assert otto.standing == "left"
    accounts = {each.name: each for each in book.accounts.values()}
    assert len(accounts) == 2
    acme, north = accounts[ACME.name], accounts[NORTH.name]
    assert north.via == acme.id
    assert north.archived
    for name in ("aliases", "phones", "links", "customer_since", "occasions", "needs", "tier", "status"):
        assert getattr(acme, name) == getattr(ACME, name), name
    assert liisa.occasions == LIISA.occasions
    for table in ("accounts", "contacts"):
        text = write_file("csv", BOOK, NOW, Wanted(table=table, archived=True))
        assert plan_of(book, text, "out.csv").edits == ()


def test_a_spreadsheet_runs_nothing_of_our_csv_and_keeps_phone_numbers() -> None:
    rows = list(csv.reader(io.StringIO(write_file("csv", BOOK, NOW, Wanted("accounts", archived=True)))))
    assert "'=Acme North" in [row[1] for row in rows]
    people = write_file("csv", BOOK, NOW)
    assert "+358401234567 ::: mobile: +358-40-1" in people


def test_archived_records_are_in_a_table_that_says_so_and_in_vcards_only_when_asked_for() -> None:
    for name, usually in (("csv", True), ("vcard", False)):
        for archived, is_in in ((None, usually), (True, True), (False, False)):
            text = write_file(name, BOOK, NOW, Wanted("accounts", archived=archived))
            assert ("Acme North" in text) is is_in
    rows = list(csv.DictReader(io.StringIO(write_file("csv", BOOK, NOW, Wanted("accounts")))))
    assert [row["archived"] for row in rows] == ["yes", ""]


OCCASIONS = st.builds(
    Occasion,
    st.sampled_from(["nameday", "wedding"]),
    st.just(PartialDate(None, 5, 1)),
    lead_days=st.none() | st.integers(0, 180),
)
TAGS = st.lists(st.sampled_from("abc"), unique=True).map(tuple)
EITHER = {"archived": st.booleans(), "tags": TAGS, "occasions": st.lists(OCCASIONS, max_size=1).map(tuple)}
FIRMS = st.fixed_dictionaries({
    **EITHER, "status": st.sampled_from(list(STATUSES)), "tier": st.sampled_from(list(TIERS)),
    "cadence_days": st.none() | st.integers(1, 3660),
})  # fmt: skip
PEOPLE = st.fixed_dictionaries({
    **EITHER, "standing": st.sampled_from(list(STANDINGS)), "role": st.sampled_from(["", *ROLES]),
    "name_day": st.sampled_from(["", "none", "Liisa, Anna"]), "at": st.none() | st.integers(0, 2),
})  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(FIRMS, min_size=3, max_size=3), st.lists(PEOPLE, max_size=4), st.permutations(TABLES))
def test_the_two_tables_in_any_order_build_the_same_book(
    firms: list[dict[str, Any]], people: list[dict[str, Any]], order: list[str]
) -> None:
    accounts = [account(f"Firm {n} Oy", **fields) for n, fields in enumerate(firms)]
    persons = [
        contact(f"Person {n}", account_id=None if at is None else accounts[at].id, **fields)
        for n, (at, fields) in enumerate((fields["at"], without(fields, "at")) for fields in people)
    ]
    old, book = Book.of(*accounts, *persons), Book.of()
    for table in order:
        book = book.after(plan_of(book, write_file("csv", old, NOW, Wanted(table)), "out.csv").edits)
    now, were = people_and_accounts(book), people_and_accounts(old)
    assert now.keys() == were.keys()
    for name, before in were.items():
        fields = firms[0] if isinstance(before, Account) else without(people[0], "at")
        for field in fields:
            assert getattr(now[name], field) == getattr(before, field), (field, order)
        at, now_at = (getattr(each, "account_id", None) for each in (before, now[name]))
        assert not at or book.name_of("accounts", now_at or "") == old.accounts[at].name
    for table in TABLES:
        text = write_file("csv", old, NOW, Wanted(table))
        assert plan_of(book, text, "out.csv").edits == ()


def people_and_accounts(book: Book) -> dict[str, Account | Contact]:
    some: list[Account | Contact] = [*book.accounts.values(), *book.contacts.values()]
    return {each.name: each for each in some}


def without(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {each: value for each, value in fields.items() if each != name}


texts = st.text(max_size=30).map(lambda text: clean(text, multiline=True))


@given(name=texts.map(clean).filter(bool), about=texts, value=texts.map(clean), label=texts.map(clean))
@settings(max_examples=80)
def test_any_text_comes_back_from_csv(name: str, about: str, value: str, label: str) -> None:
    values = tuple(Labeled(v, la) for v, la in ((value, label), (label, "")) if v and " ::: " not in v + la)
    values = tuple(v for v in values if ": " not in v.label and not v.label.endswith(":"))
    someone = contact(name, "c-x", about=about, phones=values)
    book = Book.of(someone)
    planned = plan_of(book, write_file("csv", book, NOW), "out.csv")
    assert [line for line in planned.lines if line.outcome != "same"] == []


def test_json_gives_an_equal_book() -> None:
    text = write_file("json", BOOK, NOW)
    planned = plan_of(Book.of(), text, "book.json")
    book = Book.of().after(planned.edits)
    for table in SCHEMAS:
        assert dict(book.table(table)) == dict(BOOK.table(table)), table
    assert planned.counts["new"] == 6
    assert plan_of(BOOK, text, "book.json").edits == ()
    assert write_file("json", book, NOW) == text


def test_json_says_what_it_is_and_holds_a_record_a_line() -> None:
    text = write_file("json", BOOK, NOW)
    document = json.loads(text)
    assert (document["format"], document["version"]) == ("kam-book", 1)
    assert document["exported"] == "2026-11-18T10:30:00+02:00"
    assert len([line for line in text.splitlines() if line.startswith('{"id"')]) == 6


def test_a_record_of_a_json_book_that_differs_is_kept_as_the_book_has_it() -> None:
    text = write_file("json", Book.of(replace(LIISA, account_id=None, title="CEO")), NOW)
    (line,) = plan_of(BOOK, text, "book.json").lines
    assert line.outcome == "conflict"
    assert line.details == ("It differs in account_id, title; the book's is kept.",)


def test_a_record_that_refers_to_nobody_comes_in_and_is_told() -> None:
    text = write_file("json", Book.of(LIISA), NOW)
    (line,) = plan_of(Book.of(), text, "book.json").lines
    assert line.outcome == "new"
    assert "neither in the file nor in the book" in line.details[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"format": "kam-book", "version": 1', "line 1, column"),
        ('{"format": "kam-book", "version": 2, "tables": {}}', "written by a newer kam"),
        ('{"format": "kam-book", "version": 1, "version": 1}', "has version twice"),
        ('{"format": "kam-book", "version": NaN}', "NaN, which is no number"),
        ('{"format": "kam-book", "version": 1}', "has no tables"),
        ('{"format": "kam-book", "x": ' + "[" * 100_000, "nested too deeply"),
        ('{"other": 1}', "not a book that kam wrote"),
    ],
)
def test_a_json_file_that_is_no_book_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_file("book.json", text.encode())


def test_the_json_of_another_program_is_told_how_to_come_in() -> None:
    with pytest.raises(Invalid) as caught:
        read_file("contacts.json", b'{"contacts": []}')
    assert caught.value.hint == "Export what it holds as vCard or CSV, and import that."


def test_a_bad_record_of_a_json_book_costs_no_other() -> None:
    good = {"id": "a-1", "created": "2020-01-01", "name": "Acme"}
    tables = {"accounts": [good, {"id": "a-2", "created": "x"}, 5, good], "spells": []}
    text = json.dumps({"format": "kam-book", "version": 1, "tables": tables})
    parsed = read_file("book.json", text.encode())
    assert [record.id for record in parsed.records] == ["a-1"]
    assert [reject.where for reject in parsed.rejects] == ["accounts 2", "accounts 3", "accounts 4", "spells"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "in no format that kam reads"),
        ("x.csv", b"", "is empty"),
        ("x.vcf", b"hello", "no vCard in the file"),
        ("x.txt", b"some words of prose\nand more", "No header row"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_file(name, data)


def test_an_unknown_format_is_answered_with_what_can_be_read() -> None:
    with pytest.raises(Invalid) as refusal:
        read_file("x.png", b"\x89PNG")
    assert "vCard 2.1, 3.0 and 4.0" in refusal.value.hint


def test_content_is_stronger_than_the_ending_and_what_is_said_is_stronger_than_both() -> None:
    card = b"BEGIN:VCARD\nFN:Anna\nEND:VCARD\n"
    assert read_file("people.csv", card).format == "vCard"
    with pytest.raises(Invalid, match="No header row"):
        read_file("people.vcf", card, Options(format="csv"))
    with pytest.raises(Invalid, match="xlsx is no format"):
        read_file("people.vcf", card, Options(format="xlsx"))


def test_every_format_can_be_loaded() -> None:
    from importlib import import_module

    for known in (*READERS.values(), *WRITERS.values()):
        assert import_module(known.module).__doc__


@pytest.mark.parametrize(
    ("name", "wanted", "sentence"),
    [
        ("pdf", Wanted(), "pdf is no format that kam writes"),
        ("csv", Wanted(table="pets"), "not pets"),
        ("vcard", Wanted(version="2.1"), "not 2.1"),
    ],
)
def test_what_is_not_written_is_refused(name: str, wanted: Wanted, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        write_file(name, BOOK, NOW, wanted)
