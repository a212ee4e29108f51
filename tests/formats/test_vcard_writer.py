"""Cards go out strict, and come back as they went."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import NOW, account, contact
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.draft import Draft, Options
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.text import clean
from kam_tui.formats.vcard_reader import read
from kam_tui.formats.vcard_writer import folded, write_accounts, write_contacts
from kam_tui.usecases import merging

ACME = account("Acme, Inc.; Europe", phones=(Labeled("+358 9 555 0001", "main"),), tags=("key",))
LIISA = contact(
    "Liisa Korhonen",
    account_id=ACME.id,
    nickname="Lissu",
    title="Head, Sales",
    department="Europe; North",
    emails=(Labeled("liisa@acme.example", "work"), Labeled("l@home.example", "Cottage, summer")),
    phones=(Labeled("+358 40 555 0002", "mobile"), Labeled("+358 9 555 0003", "work fax"), Labeled("112")),
    links=(Labeled("https://acme.example/a,b;c?d=1"),),
    address="Katu 1\n00100 Helsinki",
    birthday=PartialDate(None, 4, 12),
    occasions=(
        Occasion("wedding", PartialDate(2010, 6, 15)),
        Occasion("nameday", PartialDate(None, 8, 2)),
        Occasion("other", PartialDate(2001, 9, 1), "Founding day"),
    ),
    language="fi",
    interests=("sailing", "rock, pop"),
    about='Likes: "plain" words;\nno, really — none\\other',
    tags=("golf", "key"),
)


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def only(text: str) -> Draft:
    (draft,) = read(text.encode(), Options()).drafts
    return draft


def write(someone: Contact, version: str = "4.0", **how: Any) -> str:
    return write_contacts(Book.of(ACME, someone), [someone], NOW, version, **how)


@pytest.mark.parametrize("version", ["4.0", "3.0"])
@pytest.mark.parametrize("apple", [False, True])
def test_our_own_cards_change_nothing_in_the_book_they_come_from(version: str, apple: bool) -> None:
    book = Book.of(ACME, LIISA)
    text = write_contacts(book, [LIISA], NOW, version, apple=apple) + write_accounts([ACME], NOW, version)
    planned = merging.plan(book, NOW, read(text.encode(), Options()).drafts)
    assert [line for line in planned.lines if line.outcome != "same"] == []
    assert planned.edits == ()


def test_every_field_that_a_card_has_comes_back() -> None:
    draft = only(write(LIISA))
    for name in (
        "name", "nickname", "title", "department", "emails", "phones", "links", "address", "birthday",
        "language", "interests", "about", "tags",
    ):  # fmt: skip
        assert draft.contact[name] == getattr(LIISA, name), name
    assert draft.account == {"name": ACME.name}


def test_lines_end_as_the_standard_wants_and_are_no_wider() -> None:
    text = write(replace(LIISA, about="ä" * 200 + "𝄞" * 50, name="陽菜" * 30))
    assert text.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert text.endswith("END:VCARD\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
@settings(max_examples=60)
def test_folding_never_cuts_a_character(text: str) -> None:
    line = folded(f"NOTE:{text}")
    assert line.replace("\r\n ", "") == f"NOTE:{text}\r\n"
    assert all(len(piece.encode()) <= 75 for piece in line.split("\r\n"))


@pytest.mark.parametrize(
    ("version", "birthday", "line"),
    [
        ("4.0", "--04-12", "BDAY:--0412"),
        ("3.0", "--04-12", "BDAY:--0412"),
        ("4.0", "1980-03-22", "BDAY:19800322"),
        ("3.0", "1980-03-22", "BDAY:1980-03-22"),
        ("4.0", "1980-03", "BDAY:1980-03"),
        ("4.0", "--04", "BDAY:--04"),
        ("4.0", "1980", "BDAY:1980"),
    ],
)
def test_a_birthday_goes_out_as_far_as_it_is_known(version: str, birthday: str, line: str) -> None:
    text = write(replace(LIISA, birthday=PartialDate.parse(birthday)), version)
    assert line in lines_of(text)
    assert "1604" not in text
    assert str(only(text).contact["birthday"]) == birthday


def test_an_anniversary_is_written_once_in_the_way_that_is_asked_for() -> None:
    assert "ANNIVERSARY:20100615" in lines_of(write(LIISA))
    assert "X-ANNIVERSARY:2010-06-15" in lines_of(write(LIISA, "3.0"))
    apple = lines_of(write(LIISA, "3.0", apple=True))
    assert "kam2.X-ABDATE:2010-06-15" in apple
    assert "kam2.X-ABLabel:_$!<Anniversary>!$_" in apple
    assert not [line for line in apple if "ANNIVERSARY" in line]


def test_the_uid_is_the_one_that_came_in_or_always_the_same() -> None:
    given_uid = replace(LIISA, sources=("uid:abc-1",))
    assert "UID:abc-1" in lines_of(write(given_uid))
    own = [line for line in lines_of(write(LIISA)) if line.startswith("UID:")]
    assert own == [line for line in lines_of(write(replace(LIISA, name="X"), "3.0")) if line[:4] == "UID:"]
    assert own[0].startswith("UID:urn:uuid:")


def test_raw_lines_go_out_as_they_came_in() -> None:
    raw = ["N:Korhonen;Liisa;;;", "GENDER:F", "item1.X-ABRELATEDNAMES:Otto", "item1.X-ABLABEL:Spouse"]
    lines = lines_of(write(replace(LIISA, extra={"vcard": raw})))
    assert all(line in lines for line in raw)
    assert len([line for line in lines if line.startswith("N:")]) == 1


@pytest.mark.parametrize(
    "lines",
    [
        "LANG;PREF=1:en\r\nLANG;PREF=2:fr",
        r"N:de Vries\, MBA;Noor;;;",
        "N:Silva;Ana,Maria;;;",
        r"N:a\;b;c\\;;;",
    ],
)
@pytest.mark.parametrize("version", ["4.0", "3.0"])
def test_a_card_that_came_in_and_went_out_changes_nothing_when_it_comes_back(
    lines: str, version: str
) -> None:
    card = f"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:x\r\nFN:Somebody\r\n{lines}\r\nEND:VCARD\r\n"
    first = merging.plan(Book(), NOW, read(card.encode(), Options()).drafts)
    book = Book().after(first.edits)
    text = write_contacts(book, book.contacts.values(), NOW, version)
    again = merging.plan(book, NOW, read(text.encode(), Options()).drafts)
    assert [line.outcome for line in again.lines] == ["same"]


def test_the_parts_of_a_name_are_dropped_once_the_name_is_another() -> None:
    changed = replace(LIISA, name="Liisa Lahti", extra={"vcard": ["N:Korhonen;Liisa;;;"]})
    assert "N:;Liisa Lahti;;;" in lines_of(write(changed))


def test_an_address_goes_out_in_its_parts_until_it_is_changed() -> None:
    raw = ["ADR:;;Katu 1;Helsinki;;00100;", "ADR;TYPE=HOME:;;Kotitie 2;Espoo;;;"]
    same = lines_of(write(replace(LIISA, extra={"vcard": raw})))
    assert [line for line in same if line.startswith("ADR")] == raw
    moved = lines_of(write(replace(LIISA, address="Uusi 3", extra={"vcard": raw})))
    assert [line for line in moved if line.startswith("ADR")] == ["ADR:;;Uusi 3;;;;", raw[1]]


def test_a_company_is_a_card_that_comes_back_as_a_company() -> None:
    for version in ("4.0", "3.0"):
        draft = only(write_accounts([ACME], NOW, version))
        assert not draft.contact
        assert draft.account["name"] == ACME.name
        assert [each.value for each in draft.account["phones"]] == ["+358 9 555 0001"]


def test_text_cannot_break_out_of_its_line() -> None:
    evil = replace(LIISA, name="A\r\nEND:VCARD\r\nBEGIN:VCARD", title="x\nTEL:666", about="\x1b[2Jhi")
    (draft,) = read(write(evil).encode(), Options()).drafts
    assert draft.contact["name"] == "A END:VCARD BEGIN:VCARD"
    assert draft.contact["about"] == "hi"
    assert len(draft.contact["phones"]) == 3


words = st.text(min_size=1, max_size=40).map(clean).filter(lambda text: any(c.isalpha() for c in text))


@given(name=words, title=words, company=words, note=st.text(max_size=80))
@settings(max_examples=60)
def test_any_text_comes_back(name: str, title: str, company: str, note: str) -> None:
    home: Account = account(company, "a-x")
    someone = contact(name, "c-x", account_id="a-x", title=title, about=clean(note, multiline=True))
    someone = replace(someone, emails=(Labeled("a@b.example"),), extra={"vcard": [f"N:;{'x'};;;"]})
    for version in ("4.0", "3.0"):
        text = write_contacts(Book.of(home, someone), [someone], NOW, version)
        (draft,) = read(text.encode(), Options()).drafts
        if draft.contact:
            assert (draft.contact["name"], draft.contact["title"]) == (name, title)
            assert draft.contact.get("about", "") == someone.about
        assert draft.account["name"] == company


@pytest.mark.parametrize(("version", "line"), [("4.0", "TZ:Asia/Tokyo"), ("3.0", "TZ;VALUE=text:Asia/Tokyo")])
def test_a_time_zone_goes_out_by_its_name_and_comes_back(version: str, line: str) -> None:
    card = write(replace(LIISA, timezone="Asia/Tokyo"), version)
    assert line in lines_of(card)
    draft = only(card)
    assert draft.contact["timezone"] == "Asia/Tokyo"


def test_an_offset_is_no_zone_and_stays_as_its_line() -> None:
    card = write(replace(LIISA, extra={"vcard": ["TZ;VALUE=utc-offset:+0900"]}))
    draft = only(card)
    assert "timezone" not in draft.contact
    assert draft.contact["extra"]["vcard"] == ["TZ;VALUE=utc-offset:+0900"]
