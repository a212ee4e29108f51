"""Tables of people: the header is found, columns are known or said, rows come in or are told."""

from __future__ import annotations

from typing import Any

import pytest

from kam_tui.domain.draft import Draft, Options, Parsed
from kam_tui.domain.errors import Invalid
from kam_tui.formats.csv_reader import read


def parse(text: str, **options: Any) -> Parsed:
    return read(text.encode(), Options(**options))


def only(text: str, **options: Any) -> Draft:
    (draft,) = parse(text, **options).drafts
    return draft


def test_the_header_is_found_below_a_preamble() -> None:
    draft = only("My people\nas of today, all of them\n\nName,Email\nAnna,anna@x.example\n")
    assert draft.where == "line 5"
    assert draft.contact["name"] == "Anna"


def test_the_name_of_a_column_may_be_written_in_any_case_with_any_accents() -> None:
    draft = only("NIMI;sahkoposti;E-Mail\nAnna;a@x.example;b@x.example\n")
    assert [each.value for each in draft.contact["emails"]] == ["a@x.example", "b@x.example"]


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Email Address,First Name,Last Name,Phone Number,Notes", "Table"),
        ("First Name,Last Name,Account Name,Email,Title,Notes", "Table"),
        ("First Name,Last Name,Title,Business Phone,Email", "Table"),
        ("Account Name,Name,Email,Billing City", "Table"),
        ("first name,last name,business phone,e-mail 2 address", "Outlook contacts (CSV)"),
        ("Last Name,Account Name,Mailing City", "Salesforce report"),
        ("Last Name,First Name,Email Address,Connected On,Company", "LinkedIn connections"),
        ("First Name,Last Name,Labels,Email 1 - Label,Email 1 - Value", "Google contacts (CSV)"),
        ("Record ID,Email,Company Name", "HubSpot contacts"),
    ],
)
def test_a_program_is_known_by_columns_that_only_it_has(header: str, label: str) -> None:
    cells = ",".join("Anna" for _ in header.split(","))
    assert parse(f"{header}\n{cells}\n").format == label


def test_columns_are_never_known_by_likeness() -> None:
    parsed = parse("Name,Assistant's Phone,Account Owner,Name Sufix\nAnna,123456789,Kim,x\n")
    assert parsed.drafts[0].contact["extra"]["columns"] == {
        "Assistant's Phone": "123456789", "Account Owner": "Kim", "Name Sufix": "x",
    }  # fmt: skip
    assert parsed.warnings == (
        "These columns have no field of their own and are kept beside the record: "
        "Assistant's Phone, Account Owner, Name Sufix.",
    )


def test_a_person_says_what_columns_are() -> None:
    draft = only(
        "Who,Where,Born,Colour\nAnna,Acme,4.5.1980,red\n",
        columns={"who": "name", "WHERE": "company", "Born": "birthday", "Colour": "tags"},
    )
    assert draft.name == "Anna"
    assert draft.account["name"] == "Acme"
    assert str(draft.contact["birthday"]) == "1980-05-04"
    assert draft.contact["tags"] == ("red",)


def test_a_person_may_leave_a_column_out() -> None:
    draft = only("Name,Junk\nAnna,x\n", columns={"Junk": "skip"})
    assert "extra" not in draft.contact


@pytest.mark.parametrize(
    ("columns", "sentence", "hint"),
    [
        ({"Nobody": "name"}, "no column Nobody", "Its columns are: Name, Email"),
        ({"Name": "emial"}, "no field emial", "Did you mean email"),
    ],
)
def test_a_mapping_that_fits_nothing_is_refused(columns: dict[str, str], sentence: str, hint: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refusal:
        parse("Name,Email\nAnna,a@x.example\n", columns=columns)
    assert hint in refusal.value.hint


def test_a_table_without_a_header_is_refused_with_what_to_do() -> None:
    with pytest.raises(Invalid, match="No header row was found") as refusal:
        parse("Anna,a@x.example\nBo,b@x.example\n")
    assert "--map" in refusal.value.hint


def test_blank_cells_stay_blank_and_blank_rows_say_nothing() -> None:
    parsed = parse("Name,Email\nAnna,a@x.example\n,\nBo,\n")
    assert [(d.name, d.contact.get("emails", ())) for d in parsed.drafts][1] == ("Bo", ())
    assert parsed.rejects == ()


def test_a_short_row_comes_in_and_a_long_one_is_told() -> None:
    parsed = parse("Name,Email,Phone\nAnna\nBo,b@x.example,,,\nCai,c@x.example,1234567,x\n")
    assert [draft.name for draft in parsed.drafts] == ["Anna", "Bo"]
    assert parsed.rejects[0].where == "line 4"


def test_the_same_column_twice_loses_nothing() -> None:
    draft = only("Name,Remark one,Remark one\nAnna,x,y\n")
    assert draft.contact["extra"]["columns"] == {"Remark one": "x", "Remark one (2)": "y"}


def test_each_date_column_has_an_order_of_its_own() -> None:
    draft = parse(
        "Name,Birthday,Wedding\nAnna,4/3/1980,3/4/2010\nBo,25/12/1970,12/25/2001\n"
    ).drafts[0]  # fmt: skip
    assert str(draft.contact["birthday"]) == "1980-03-04"
    assert [str(each.on) for each in draft.contact["occasions"]] == ["2010-03-04"]


def test_what_a_column_shows_is_stronger_than_what_is_said() -> None:
    parsed = parse("Name,Birthday\nAnna,4/3/1980\nBo,25/12/1970\n", date_order="mdy")
    assert [str(draft.contact["birthday"]) for draft in parsed.drafts] == ["1980-03-04", "1970-12-25"]


def test_the_mark_against_formulas_comes_off() -> None:
    draft = only("Name,Notes\n'=cmd,'+1-1\n")
    assert (draft.name, draft.contact["about"]) == ("=cmd", "+1-1")


def test_terminal_controls_are_left_out() -> None:
    draft = only('Name,Notes\n"A\x1b[2Jnna\u202e","one\x9b31m\ntwo\x07"\n')
    assert (draft.name, draft.contact["about"]) == ("Anna", "one\ntwo")


def test_the_second_of_two_equal_rows_is_another_person() -> None:
    first, second = parse("Name,Company\nMaria Silva,Acme\nMaria Silva,Acme\n").drafts
    assert second.contact["sources"] == (f"{first.contact['sources'][0]}/2",)


def test_a_mail_address_may_stand_in_for_a_name() -> None:
    assert only("Name,Email\n,Anna <a@x.example>\n").name == "a@x.example"


def test_mr_and_ms_are_kept_apart_from_the_name() -> None:
    draft = only("Salutation,First Name,Last Name,Email,Account Name,Account Owner\nMs.,Anna,Berg,,Acme,K\n")
    assert draft.name == "Anna Berg"
    assert draft.contact["extra"]["vcard"] == ["N:Berg;Anna;;Ms.;"]


def test_what_is_said_of_a_company_without_its_name_stays_with_the_person() -> None:
    draft = only("Name,Toimiala\nAnna,Mining\n")
    assert not draft.account
    assert draft.contact["extra"]["columns"] == {"Company: industry": "Mining"}


def test_a_time_zone_is_taken_by_its_name_or_city_and_another_text_is_kept() -> None:
    text = "Name,Time Zone\nAda,Europe/London\nBo,tokyo\nCy,somewhere east\n"
    ada, bo, cy = read(text.encode(), Options()).drafts
    assert (ada.contact["timezone"], bo.contact["timezone"]) == ("Europe/London", "Asia/Tokyo")
    assert "timezone" not in cy.contact
    assert cy.contact["extra"]["columns"] == {"Time Zone": "somewhere east"}
