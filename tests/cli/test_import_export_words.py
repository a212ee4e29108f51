from __future__ import annotations

import stat
from pathlib import Path

import pytest
from shell_run import Kam

CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Maija Testi\r\nORG:Uusi Oy\r\nEMAIL:maija@uusi.example\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n"
)
ROWS = "Name,Email,Company,Hobby\nPekka Koe,pekka@koe.example,Koe Oy,chess\n"


@pytest.fixture
def cards(tmp_path: Path) -> str:
    file = tmp_path / "cards.vcf"
    file.write_text(CARDS, "utf-8")
    return str(file)


@pytest.fixture
def rows(tmp_path: Path) -> str:
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, "utf-8")
    return str(file)


def test_a_dry_run_shows_the_plan_and_writes_nothing(kam: Kam, book: Path, cards: str) -> None:
    ran = kam("import", cards, "--dry-run")
    assert ran.code == 0
    assert "new       Maija Testi" in ran.out
    assert "rejected" in ran.out
    assert "Import: 1 new" in ran.out
    assert not book.exists()


def test_without_a_terminal_yes_has_to_be_said(kam: Kam, book: Path, cards: str) -> None:
    ran = kam("import", cards)
    assert ran.code == 2
    assert "--yes" in ran.err
    assert not book.exists()


def test_several_files_come_in_as_one_change_that_is_undone_as_one(kam: Kam, cards: str, rows: str) -> None:
    ran = kam("import", cards, rows, "--yes")
    assert ran.code == 0
    assert "cards.vcf, card 1" in ran.out
    assert "rows.csv, line 2" in ran.out
    names = [each["name"] for each in kam("contact", "list", "--json").json["contacts"]]
    assert names == ["Maija Testi", "Pekka Koe"]
    assert len(kam("history").out.splitlines()) == 1
    kam("undo")
    assert kam("contact", "list").out == ""


def test_the_same_file_again_changes_nothing(kam: Kam, cards: str) -> None:
    kam("import", cards, "--yes")
    ran = kam("import", cards, "--yes", "--json")
    assert (ran.json["counts"]["same"], ran.json["written"]) == (1, False)
    assert len(kam("history").out.splitlines()) == 1
    assert "Maija Testi" not in kam("import", cards, "--dry-run").out
    assert "same      Maija Testi" in kam("import", cards, "--dry-run", "--all").out


def test_what_comes_in_but_not_as_it_is_written_is_counted(kam: Kam) -> None:
    rows = "Name,Email,Birthday\nPekka Koe,pekka@koe.example,1980-01-02\nBad Row,ei-osoite,3/4/1980\n"
    ran = kam("import", "-", "--dry-run", stdin=rows)
    assert "Import: 2 new, 0 updated, 0 same, 0 in conflict; 1 to look at.\n" in ran.out
    assert ran.out.endswith("--date-order dmy reads 3/4 as 3 April, --date-order mdy as March 4.\n")
    asked = kam("import", "-", "--dry-run", "--json", stdin=rows).json
    assert asked["to_look_at"] == 1
    assert [len(line["remarks"]) for line in asked["lines"]] == [0, 2]
    assert asked["summary"] == "Import: 2 new, 0 updated, 0 same, 0 in conflict"
    said = kam("import", "-", "--dry-run", "--date-order", "dmy", stdin=rows)
    assert "--date-order" not in said.out
    kam("import", "-", "--yes", stdin=rows)
    assert "to look at" not in kam("import", "-", "--dry-run", stdin=rows).out


def test_a_file_may_come_from_standard_input(kam: Kam) -> None:
    assert kam("import", "-", "--yes", stdin=ROWS).code == 0
    assert "Pekka Koe" in kam("contact", "list").out


def test_a_column_is_mapped_by_hand(kam: Kam, rows: str) -> None:
    kam("import", rows, "--yes", "--map", "Hobby=interests")
    assert kam("contact", "show", "pekka", "--json").json["contact"]["interests"] == ["chess"]


@pytest.mark.parametrize(
    ("flags", "code", "said"),
    [
        (("missing.vcf",), 3, "There is no file missing.vcf."),
        ((".",), 2, "cannot be read"),
        (("-", "--map", "Hobby"), 2, "--map Hobby is not a column and a field."),
        (("-", "--map", "Hobby=wings"), 2, "wings"),
        (("-", "--date-order", "ymd"), 2, "dmy or mdy"),
        (("-", "--format", "xml"), 2, "xml"),
        ((), 2, "FILE"),
    ],
)
def test_what_cannot_be_read_is_told(kam: Kam, flags: tuple[str, ...], code: int, said: str) -> None:
    ran = kam("import", *flags, stdin=ROWS)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_an_export_goes_to_standard_output(full: Kam) -> None:
    assert full("export", "--format", "vcard").out.count("BEGIN:VCARD") == 2
    assert "Liisa Korhonen" in full("export", "--format", "csv").out
    assert "Nordic Timber Oy" in full("export", "--format", "csv", "--table", "accounts").out
    assert "VERSION:3.0" in full("export", "--format", "vcard", "--vcard-version", "3.0").out


def test_an_exported_file_is_private_whole_and_not_overwritten_unasked(full: Kam, tmp_path: Path) -> None:
    file = tmp_path / "out" / "contacts.vcf"
    assert full("export", "--output", str(file)).code == 1
    file.parent.mkdir()
    assert full("export", "--output", str(file)).out == f"Wrote {file}.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text("utf-8").count("BEGIN:VCARD") == 2
    file.write_text("mine", "utf-8")
    ran = full("export", "--output", str(file))
    assert (ran.code, file.read_text("utf-8")) == (4, "mine")
    assert full("export", "--output", str(file), "--overwrite", "--json").json["format"] == "vcard"
    assert [each.name for each in file.parent.iterdir()] == ["contacts.vcf"]


def test_an_export_of_one_account_has_its_people_alone(full: Kam) -> None:
    assert "Liisa Virtanen" not in full("export", "--format", "vcard", "--account", "acme").out


def test_a_book_goes_out_and_comes_in_whole(full: Kam, tmp_path: Path) -> None:
    full("done", "contract")
    text = full("export", "--json").out
    other = ("--book", str(tmp_path / "other"))
    assert full("import", "-", "--yes", *other, stdin=text).code == 0
    assert full("export", "--json", *other).out == text
    again = full("import", "-", "--dry-run", "--json", stdin=text).json
    assert set(again["counts"]) - {name for name, count in again["counts"].items() if not count} == {"same"}


def test_one_account_goes_out_with_all_that_it_refers_to(full: Kam, tmp_path: Path) -> None:
    full("account", "edit", "acme", "--via", "nordic")
    full("done", "contract")
    part = full("export", "--json", "--account", "acme").json["tables"]
    assert {each["name"] for each in part["accounts"]} == {"Acme Oy", "Nordic Timber Oy"}
    assert [each["name"] for each in part["contacts"]] == ["Liisa Korhonen"]
    assert (len(part["activities"]), len(part["reminders"]), len(part["occurrences"])) == (3, 1, 1)


@pytest.mark.parametrize(
    ("flags", "code", "said"),
    [
        ((), 2, "Which format?"),
        (("--format", "xml"), 2, "xml"),
        (("--format", "vcard", "--json"), 2, "--output"),
        (("--format", "vcard", "--account", "zebra"), 3, "zebra"),
    ],
)
def test_an_export_that_cannot_be_written_is_told(
    full: Kam, flags: tuple[str, ...], code: int, said: str
) -> None:
    ran = full("export", *flags)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_what_is_archived_is_in_a_table_and_comes_back_archived(full: Kam, tmp_path: Path) -> None:
    assert full("account", "archive", "acme").code == 0
    for table in ("contacts", "accounts"):
        file = str(tmp_path / f"{table}.csv")
        assert full("export", "--table", table, "--output", file).code == 0
        assert "Import: 0 new, 0 updated, 2 same" in full("import", file, "--yes").out
        assert full("--book", str(tmp_path / "other"), "import", file, "--yes").code == 0
    accounts = full("--book", str(tmp_path / "other"), "account", "list", "--archived", "--json").json[
        "accounts"
    ]
    found = {each["name"]: (each["archived"], each["status"]) for each in accounts}
    assert found == {"Acme Oy": (True, "customer"), "Nordic Timber Oy": (False, "prospect")}


def test_archived_ones_are_left_out_where_that_is_said(full: Kam) -> None:
    assert full("account", "archive", "acme").code == 0
    accounts = ("export", "--table", "accounts", "--format")
    assert "Acme Oy" not in full(*accounts, "csv", "--no-archived").out
    assert "Acme Oy" not in full(*accounts, "vcard").out
    assert "Acme Oy" in full(*accounts, "vcard", "--archived").out
    assert "Acme Oy" in full(*accounts, "vcard", "--account", "acme").out, "it is asked for by name"
    ran = full("export", "--format", "json", "--no-archived")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "JSON is the whole book, with what is archived.")
