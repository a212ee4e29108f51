from __future__ import annotations

import pytest
from shell_run import Kam

from kam_tui.cli.flags import flag_of
from kam_tui.domain.account import ACCOUNT
from kam_tui.domain.contact import CONTACT


@pytest.mark.parametrize(("word", "schema"), [("account", ACCOUNT), ("contact", CONTACT)])
def test_every_field_of_a_form_is_a_flag_with_its_label(
    kam: Kam,
    word: str,
    schema: type[ACCOUNT],  # type: ignore[valid-type]
) -> None:
    page = " ".join(kam(word, "edit", "--help").out.split())
    for field in schema.form:  # type: ignore[attr-defined]
        assert f"{flag_of(field.name)} TEXT" in page


def test_an_account_is_added_shown_edited_and_archived(kam: Kam) -> None:
    assert kam("account", "add", "Acme", "Oy", "--tier", "Key account").out == "Added the account Acme Oy.\n"
    kam(
        "account",
        "edit",
        "acme",
        "--city",
        "Tampere",
        "--name",
        "Acme Group Oy",
        "--customer-since",
        "2019-05",
    )
    page = kam("account", "show", "acme", "group").out
    assert page.startswith("Acme Group Oy · never in touch · a-")
    assert {"Key account", "Tampere", "May 2019"} <= {line[2:].split("  ")[-1] for line in page.splitlines()}
    kam("account", "archive", "acme")
    assert kam("account", "list").out == ""
    assert "archived" in kam("account", "list", "--archived").out
    kam("account", "archive", "acme", "--restore")
    assert "Acme Group Oy" in kam("account", "list").out


def test_an_empty_text_clears_a_field(full: Kam) -> None:
    assert full("account", "show", "acme", "--json").json["account"]["city"] == "Tampere"
    full("account", "edit", "acme", "--city", "")
    assert full("account", "show", "acme", "--json").json["account"]["city"] == ""


def test_several_problems_are_told_at_once(full: Kam) -> None:
    ran = full("account", "edit", "acme", "--tier", "gold", "--cadence-days", "often")
    assert ran.code == 2
    assert "gold is not one of key, growth, standard" in ran.err
    assert "often is not a number of days" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("account", "add", "acme oy"), 2, "There is an account Acme Oy already."),
        (("account", "edit", "acme"), 2, "nothing to change"),
        (("account", "show", "acne"), 3, "Did you mean Acme Oy?"),
        (("contact", "show", "liisa"), 4, "Liisa Korhonen (Acme Oy); Liisa Virtanen (Nordic Timber Oy)"),
        (("contact", "add", "Pekka", "--account", "acne"), 3, "Acme Oy"),
        (("contact", "add", "Liisa Korhonen", "--account", "acme"), 2, "is in the book already"),
        (("account", "list", "--tier", "gold"), 2, "gold is not one of"),
        (("account", "list", "--quiet", "x"), 2, "--quiet"),
        (("contact", "list", "--account", "zebra"), 3, "zebra"),
    ],
)
def test_what_is_wrong_is_told(full: Kam, words: tuple[str, ...], code: int, said: str) -> None:
    ran = full(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("flags", "names"),
    [
        ((), ["Acme Oy", "Nordic Timber Oy"]),
        (("--tier", "key"), ["Acme Oy"]),
        (("--status", "prospect"), ["Nordic Timber Oy"]),
        (("--tag", "vip"), ["Acme Oy"]),
        (("--tag", "+VIP"), ["Acme Oy"]),
        (("--quiet", "20"), ["Acme Oy", "Nordic Timber Oy"]),
        (("--quiet", "21"), ["Nordic Timber Oy"]),
    ],
)
def test_a_list_is_narrowed_by_flags(full: Kam, flags: tuple[str, ...], names: list[str]) -> None:
    assert [each["name"] for each in full("account", "list", "--json", *flags).json["accounts"]] == names
    lines = full("account", "list", *flags).out.splitlines()
    assert [line.split("  ")[0] for line in lines] == names


def test_people_are_listed_by_account(full: Kam) -> None:
    assert full("contact", "list", "--account", "nordic").out == (
        "Liisa Virtanen  Nordic Timber Oy  liisa@nordic.example  never in touch\n"
    )


def test_the_page_of_an_account_has_people_agenda_and_timeline(full: Kam) -> None:
    page = full("account", "show", "acme").out
    headings = [line for line in page.splitlines() if line and not line.startswith(" ")]
    assert headings[1:] == ["People", "Agenda", "Timeline"]
    assert "in touch 20 days ago" in headings[0]
    assert "call about the contract" in page
    assert "Liisa Korhonen is happy with the offer" in page


def test_json_of_an_account_has_every_field_and_what_follows(full: Kam) -> None:
    found = full("account", "show", "acme", "--json").json
    assert found.keys() == {
        "account", "people", "gifts", "agenda", "promises", "keeping", "contracts", "timeline",
    }  # fmt: skip
    assert found["account"].keys() == {
        "table", "extra", "last_touch", "days_since_touch", "via_name", *ACCOUNT.fields,
    }  # fmt: skip
    assert found["account"]["last_touch"] == "2026-11-02"
    assert found["people"][0]["birthday"] == "1980-11-24"
    assert found["people"][0]["account"] == "Acme Oy"
    assert [entry["kind"] for entry in found["timeline"]] == ["sale", "call"]


def test_the_timeline_of_a_page_can_be_longer_or_shorter(full: Kam) -> None:
    assert len(full("account", "show", "acme", "--limit", "1", "--json").json["timeline"]) == 1


def test_labelled_values_and_occasions_have_one_shape_in_json(full: Kam) -> None:
    full(
        "contact",
        "edit",
        "liisa korhonen",
        "--phones",
        "mobile: +358 40 1; +358 9 2",
        "--occasions",
        "wedding: --06-15",
    )
    contact = full("contact", "show", "liisa korhonen", "--json").json["contact"]
    assert contact["phones"] == [
        {"label": "mobile", "value": "+358 40 1"},
        {"label": "", "value": "+358 9 2"},
    ]
    assert contact["occasions"] == [{"kind": "wedding", "label": "", "on": "--06-15", "lead_days": None}]


def test_markup_and_controls_in_a_name_are_shown_as_text(kam: Kam) -> None:
    kam("account", "add", "[/bold] \x1b[31mRed\x07 Oy")
    out = kam("account", "list").out
    assert out.startswith("[/bold] Red Oy")
    assert "\x1b" not in out


def test_a_date_without_a_year_needs_no_equals_sign(full: Kam) -> None:
    assert full("contact", "edit", "liisa k", "--birthday", "--04-12", "--role", "user").code == 0
    found = full("contact", "show", "liisa k", "--json").json["contact"]
    assert (found["birthday"], found["role"]) == ("--04-12", "user")


def test_occasions_are_shown_as_a_person_says_them(full: Kam) -> None:
    full(
        "contact",
        "edit",
        "liisa k",
        "--occasions",
        "wedding: 2010-06-15; name day: --11-24; Regatta: --07-01",
    )
    page = full("contact", "show", "liisa k").out
    assert "Wedding anniversary 15 Jun 2010; Name day 24 Nov; Regatta 1 Jul" in page


def test_what_is_snoozed_until_later_today_says_until_when(full: Kam) -> None:
    full("snooze", "contract", "today", "18:00")
    assert "until 18:00" in full("today").out
    assert "until 18:00" in full("account", "show", "acme").out
    assert "today 16:00  Acme Oy: call about the contract" in full("digest").out
