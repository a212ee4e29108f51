"""Files that are odd, broken or made to do harm: each comes in right, or is told in a sentence; and soon."""

from __future__ import annotations

from typing import Any

import pytest
from builders import NOW

from kam_tui.domain.book import Book
from kam_tui.domain.draft import Draft, Parsed
from kam_tui.domain.errors import Invalid
from kam_tui.formats.csv_reader import MOST_NAMES
from kam_tui.formats.json_book import DEEPEST
from kam_tui.formats.registry import read_file
from kam_tui.formats.sketch import MOST_VALUES
from kam_tui.formats.table_text import LONGEST_FIELD, MOST_COLUMNS, MOST_ROWS
from kam_tui.formats.vcard_lines import LONGEST_CARD, LONGEST_HEAD, MOST_TOLD
from kam_tui.usecases import merging

TABLE = "Name,Email,Notes\nÄijä Öhman,aija@x.example,Hei\nBo Lind,bo@x.example,Moi\n"

GERMAN = {
    "Anrede": "Herr",
    "Vorname": "Jürgen",
    "Weitere Vornamen": "",
    "Nachname": "Müller",
    "Firma": "Müller GmbH",
    "Position": "Leiter",
    "Straße geschäftlich": "Hauptstr. 1",
    "Ort geschäftlich": "Köln",
    "Postleitzahl geschäftlich": "50667",
    "Telefon geschäftlich": "+49 221 123456",
    "Mobiltelefon": "+49 170 1234567",
    "E-Mail-Adresse": "j@m.example",
    "E-Mail-Typ": "SMTP",
    "E-Mail 2: Adresse": "jm@m.example",
    "Geburtstag": "04.03.1980",
    "Jahrestag": "0.0.00",
    "Kategorien": "VIP",
    "Notizen": "Nett",
    "Priorität": "Normal",
}


def read(text: str | bytes, name: str = "file.csv") -> Parsed:
    return read_file(name, text if isinstance(text, bytes) else text.encode())


def card(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])


def only(parsed: Parsed) -> Draft:
    (draft,) = parsed.drafts
    return draft


def book(extra: str) -> str:
    record = '{"id":"c-0000000001","created":"2026-01-01","name":"Bo","extra":' + extra + "}"
    return '{"format":"kam-book","version":1,"tables":{"contacts":[' + record + "]}}"


@pytest.mark.parametrize(
    "how", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"]
)
def test_a_table_comes_in_whatever_its_letters_are_written_in(how: str) -> None:
    assert [each.name for each in read(TABLE.encode(how)).drafts] == ["Äijä Öhman", "Bo Lind"]


@pytest.mark.parametrize("how", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [";", "\t"])
def test_the_first_line_of_excel_says_the_separator(how: str, mark: str) -> None:
    text = f"sep={mark}\r\nName{mark}Notes\r\nBo{mark}a,b\r\n"
    draft = only(read(text.encode(how)))
    assert (draft.name, draft.contact["about"]) == ("Bo", "a,b")
    assert draft.where == "line 3"


def test_noughts_and_escapes_are_taken_out_of_a_text() -> None:
    draft = only(read("Name,Notes\nB\0o,\x1b]0;gone\x07\x1b[31mred\n"))
    assert draft.name == "Bo"
    assert "\x1b" not in draft.contact["about"]


def test_a_line_break_in_quotes_breaks_no_row_and_lines_are_counted_on() -> None:
    parsed = read('Name,Notes,Email\n"Bo","one\r\ntwo\nthree",bo@x.example\nBad,x,y,z\n')
    assert only(parsed).contact["about"] == "one\ntwo\nthree"
    assert [each.where for each in parsed.rejects] == ["line 5"]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_alone() -> None:
    parsed = read('Name,Email\n"Bo,bo@x.example\nCy,cy@x.example\n')
    assert [each.name for each in parsed.drafts] == ["Cy"]
    assert [each.where for each in parsed.rejects] == ["line 2"]


def test_a_column_that_is_there_twice_fills_its_list_once_more() -> None:
    parsed = read("Name,Email,Email,Foo,Foo\nBo,a@x.example,b@x.example,1,2\n")
    draft = only(parsed)
    assert [each.value for each in draft.contact["emails"]] == ["a@x.example", "b@x.example"]
    assert draft.contact["extra"]["columns"] == {"Foo": "1", "Foo (2)": "2"}


def test_a_table_of_more_columns_than_anybody_has_is_refused() -> None:
    columns = ["Name", *["Email"] * MOST_COLUMNS]
    with pytest.raises(Invalid, match=f"{MOST_COLUMNS + 1} columns") as caught:
        read(",".join(columns) + "\n" + ",".join(["x"] * len(columns)) + "\n")
    assert caught.value.hint == "Export fewer columns."


def test_columns_without_a_field_are_named_as_far_as_one_reads() -> None:
    columns = ["Name", *["Column"] * MOST_NAMES, "Last", "Very " + "long " * 100]
    (told,) = read(",".join(columns) + "\n" + ",".join(["x"] * len(columns)) + "\n").warnings
    assert told.endswith("and 2 more.")
    assert len(told) < 2000


def test_a_line_that_is_too_long_is_told_where_nothing_else_is_there() -> None:
    with pytest.raises(Invalid, match="line 1 on: A cell is longer than 128 KB"):
        read_file("file.csv", b"A" * (LONGEST_FIELD * 2))


def test_a_cell_that_is_too_long_costs_its_row_alone() -> None:
    parsed = read("Name,Email\n" + "A" * (LONGEST_FIELD * 2) + ",a@x.example\nBo,bo@x.example\n")
    assert [each.name for each in parsed.drafts] == ["Bo"]
    assert [each.where for each in parsed.rejects] == ["line 2"]


def test_a_list_without_end_is_cut_and_told() -> None:
    mails = " ::: ".join(f"a{n}@x.example" for n in range(MOST_VALUES + 5))
    header = "Given Name,Family Name,Group Membership,E-mail 1 - Value\n"
    draft = only(read(header + f"Bo,Lind,,{mails}\n"))
    assert len(draft.contact["emails"]) == MOST_VALUES
    assert any(f"more than {MOST_VALUES}" in told for told in draft.warnings)


def test_the_same_row_again_and_again_is_one_person_and_no_longer_for_it() -> None:
    parsed = read("Name,Email\n" + "Bo Lind,bo@x.example\n" * 50)
    planned = merging.plan(Book(), NOW, parsed.drafts)
    assert planned.summary == "Import: 1 new, 0 updated, 49 same, 0 in conflict"
    record: Any = planned.edits[0].after
    assert len(record.sources) == 1


def test_outlook_in_german_fills_the_same_fields() -> None:
    text = ",".join(GERMAN) + "\n" + ",".join(GERMAN.values()) + "\n"
    parsed = read(text.encode("cp1252"))
    assert parsed.format == "Outlook contacts (German CSV)"
    assert not parsed.warnings
    draft = only(parsed)
    assert (draft.name, draft.account["name"]) == ("Jürgen Müller", "Müller GmbH")
    assert draft.contact["title"] == "Leiter"
    assert draft.contact["address"] == "Hauptstr. 1\n50667 Köln"
    assert [str(each.value) for each in draft.contact["emails"]] == ["j@m.example", "jm@m.example"]
    assert {each.label for each in draft.contact["phones"]} == {"work", "mobile"}
    assert str(draft.contact["birthday"]) == "1980-03-04"
    assert draft.contact["tags"] == ("vip",)
    assert draft.contact["about"] == "Nett"
    assert "occasions" not in draft.contact


def test_a_second_address_of_outlook_comes_in_and_no_numbered_column_is_lost() -> None:
    header = (
        "First Name,Last Name,Business Phone,E-mail Address,E-mail 2 Address,E-mail 2 Type,Phone 9 Kind\n"
    )
    draft = only(read(header + "Bo,Lind,+358401234567,a@x.example,b@x.example,SMTP,odd\n"))
    assert [each.value for each in draft.contact["emails"]] == ["a@x.example", "b@x.example"]
    assert draft.contact["extra"]["columns"] == {"Phone 9 Kind": "odd"}


def test_outlook_in_finnish_and_numbers_of_apple_fill_what_their_names_say() -> None:
    finnish = "Etunimi,Sukunimi,Yritys,Työnimike,Matkapuhelin,Sähköpostiosoite,Syntymäpäivä\n"
    draft = only(
        read((finnish + "Aino,Öhman,Acme Oy,Johtaja,+358 40 1234567,a@x.example,4.3.1980\n").encode("cp1252"))
    )
    assert (draft.name, draft.contact["title"]) == ("Aino Öhman", "Johtaja")
    assert str(draft.contact["birthday"]) == "1980-03-04"
    apple = "First name,Last name,Email (work),Phone (mobile)\nBo,Lind,bo@x.example,+358 40 1234567\n"
    draft = only(read(apple))
    assert [each.label for each in draft.contact["emails"]] == ["work"]
    assert [each.label for each in draft.contact["phones"]] == ["mobile"]


def test_a_character_that_is_folded_in_its_middle_is_whole_again() -> None:
    name = "FN:Äijä Öhman".encode()
    at = name.index("Ö".encode()) + 1
    data = b"BEGIN:VCARD\r\nVERSION:3.0\r\n" + name[:at] + b"\r\n " + name[at:] + b"\r\nEND:VCARD\r\n"
    assert only(read(data, "a.vcf")).name == "Äijä Öhman"


def test_quoted_printable_of_2_1_goes_over_soft_ends_and_character_sets() -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=84ij=C3=A4 =\r\n=C3=96hman\r\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:P=E4iv=E4=0D=0Atoinen\r\n"
        "TEL;CELL:+358401234567\r\nEND:VCARD\r\n"
    )
    draft = only(read(text, "a.vcf"))
    assert (draft.name, draft.contact["about"]) == ("Äijä Öhman", "Päivä\ntoinen")
    assert [each.label for each in draft.contact["phones"]] == ["mobile"]


@pytest.mark.parametrize(
    "line",
    ["BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-04", "BDAY:1604-03-04", "BDAY:--0304", "BDAY;VALUE=date:--03-04"],
)
def test_a_birthday_without_a_year_has_none(line: str) -> None:
    assert str(only(read(card("FN:Bo", line), "a.vcf")).contact["birthday"]) == "--03-04"


def test_a_value_that_is_too_long_is_left_out_of_its_card_and_told() -> None:
    draft = only(read(card("FN:Bo", "NOTE:" + "x" * (LONGEST_FIELD + 1)), "a.vcf"))
    assert "about" not in draft.contact
    assert draft.warnings == ("NOTE (129 KB) was left out.",)
    (reject,) = read(card("FN:" + "x" * (LONGEST_FIELD + 1)), "a.vcf").rejects
    assert reject.reason.endswith("FN (129 KB) was left out.")


def test_a_card_without_end_is_cut_and_told() -> None:
    lines = [f"X-P{n}:v" for n in range(LONGEST_CARD + 10)]
    draft = only(read(card("FN:Bo", *lines), "a.vcf"))
    assert draft.warnings[0] == f"The card has more than {LONGEST_CARD} lines; the rest was left out."


def test_of_many_bad_lines_some_are_told_and_the_others_counted() -> None:
    draft = only(read(card("FN:Bo", *["!"] * (MOST_TOLD + 3)), "a.vcf"))
    assert len(draft.warnings) == MOST_TOLD + 1
    assert draft.warnings[-1] == "3 more lines like that."


def test_a_line_with_parameters_without_end_is_no_line() -> None:
    draft = only(read(card("FN:Bo", "TEL" + ";TYPE=a" * LONGEST_HEAD + ":+358401234567"), "a.vcf"))
    assert "phones" not in draft.contact
    assert draft.warnings == ("Line 4 is no vCard line and was left out.",)


def test_more_cards_than_are_read_are_refused_before_any_is() -> None:
    with pytest.raises(Invalid, match="more than 50000 cards"):
        read("BEGIN:VCARD\n" * (MOST_ROWS + 1), "a.vcf")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (book("9" * 10_000), "a number that is too long"),
        ("[" * 100_000, "JSON|nested"),
        (
            '{"format":"kam-book","version":1,"tables":' + "[" * 100_000 + "]" * 100_000 + "}",
            "nested too deeply",
        ),
        ('{"format":"kam-book","version":1,"version":1,"tables":{}}', "has version twice"),
        (book("NaN"), "NaN, which is no number"),
        (book("-1e999"), "-1e999, which is no number"),
    ],
)
def test_json_that_is_made_to_do_harm_is_told(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_file("book.json", text.encode())


def test_a_record_that_is_nested_too_deeply_is_rejected_by_itself() -> None:
    fine = book('{"a":' * (DEEPEST - 2) + "1" + "}" * (DEEPEST - 2))
    assert len(read(fine, "book.json").records) == 1
    deep = read(book('{"a":' * DEEPEST + "1" + "}" * DEEPEST), "book.json")
    assert [(each.where, each.reason) for each in deep.rejects] == [
        ("contacts 1", "It is nested too deeply.")
    ]


@pytest.mark.parametrize("begins", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
@pytest.mark.parametrize("name", ["people.xlsx", "people.csv"])
def test_a_workbook_is_called_one_whatever_its_name(name: str, begins: bytes) -> None:
    with pytest.raises(Invalid, match=f"{name} is a workbook") as caught:
        read_file(name, begins + bytes(range(256)))
    assert "save the sheet as CSV" in caught.value.hint
