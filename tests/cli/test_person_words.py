"""`kam person`: what is handed out, what is shown before it goes, and what comes back (nobody)."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from shell_run import Kam, Ran

from kam_tui.cli.diagnostics import ExitCode
from kam_tui.delivery import written
from kam_tui.delivery.outbox import Outbox
from kam_tui.delivery.written import Kept, Written
from kam_tui.paths import state_folder

LIISA = "Liisa Korhonen"


@pytest.fixture
def rich(full: Kam) -> Kam:
    """A book in which Liisa Korhonen is in more than her own record."""
    for words in (
        (
            "contact",
            "add",
            "Pekka Koe",
            "--account",
            "acme",
            "--reports-to",
            LIISA,
            "--about",
            f"knows {LIISA}",
        ),
        ("contact", "edit", LIISA, "--emails", "liisa@acme.example", "--phones", "040 123 4567"),
        ("log", "meeting", f"@acme with Pekka and {LIISA}, liisa@acme.example"),
        ("remind", "@pekka", "friday", "ring 040-1234567"),
        ("done", "birthday", "she", "was", "glad"),
    ):
        ran = full(*words)
        assert ran.code == 0, ran.err
    return full


def in_files(folder: Path) -> str:
    """All text in the files of a book."""
    return "".join(path.read_text("utf-8") for path in folder.iterdir() if path.is_file()).casefold()


def test_everything_about_a_person_is_handed_out(rich: Kam, book: Path) -> None:
    assert rich("backup").code == 0
    told = rich("person", "export", "liisa k").json
    assert (told["format"], told["version"], told["exported"][:10]) == ("kam-person", 1, "2026-11-22")
    assert told["person"]["name"] == LIISA
    assert told["person"]["account"] == "Acme Oy"
    texts = {record["text"] for record in told["entries"]}
    assert texts == {
        f"{LIISA} is happy with the offer", f"with Pekka and {LIISA}, liisa@acme.example", "she was glad",
    }  # fmt: skip
    assert [record["name"] for record in told["reports"]] == ["Pekka Koe"]
    assert [record["id"].partition(":")[0] for record in told["occurrences"]] == ["birthday"]
    assert [record["text"] for record in told["mentions"]] == ["ring 040-1234567"]
    assert [copy["file"].partition("/backups/")[0] for copy in told["copies"]] == [str(book)]


def test_the_history_of_a_person_has_who_when_and_both_sides_and_nothing_of_others(rich: Kam) -> None:
    told = rich("person", "export", LIISA).json["history"]
    assert [each["number"] for each in told] == sorted((each["number"] for each in told), reverse=True)
    edits = {each["summary"]: each["changes"] for each in told}
    (change,) = edits[f"Changed {LIISA}, Acme Oy."]
    assert change["before"]["emails"] == []
    assert change["after"]["emails"] == [{"label": "", "value": "liisa@acme.example"}]
    assert "Liisa Virtanen" not in json.dumps(told)
    assert not [each for each in told if "Nordic" in each["summary"]]
    assert all(each["by"].endswith("@cli") and each["at"].startswith("2026-11-22") for each in told)


def test_the_file_of_a_person_is_ones_own(rich: Kam, tmp_path: Path) -> None:
    target = tmp_path / "liisa.json"
    ran = rich("person", "export", LIISA, "--output", str(target))
    assert (ran.code, ran.out) == (0, f"Wrote {target}.\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    document = json.loads(target.read_text("utf-8"))
    assert document == rich("person", "export", LIISA).json
    again = rich("person", "export", LIISA, "--output", str(target))
    assert again.code == ExitCode.CONFLICT
    said = rich("person", "export", LIISA, "--output", str(target), "--overwrite", "--json").json
    assert said == {"file": str(target), "format": "kam-person"}


def test_a_dry_run_shows_what_would_go_and_writes_nothing(rich: Kam, book: Path) -> None:
    before = in_files(book)
    ran = rich("person", "erase", "liisa k", "--dry-run")
    assert ran.code == 0
    lines = [line.strip() for line in ran.out.splitlines()]
    goes = lines[lines.index("Goes") + 1 : lines.index("Stays, without them")]
    assert goes == ["person  Liisa Korhonen", "agenda  Tue 24 Nov 2026, Liisa Korhonen"]
    assert "Stays, and was with them alone: read it, or say --entries if that is to go as well" in lines
    assert any("Reports to, About" in line for line in lines)
    assert lines[-1] == "Nothing was written."
    assert in_files(book) == before


def test_a_script_has_to_say_yes(rich: Kam, book: Path) -> None:
    before = in_files(book)
    ran = rich("person", "erase", LIISA)
    assert ran.code == ExitCode.INVALID
    assert "Say --yes" in ran.err
    assert in_files(book) == before


def test_what_is_erased_is_nowhere_and_cannot_be_undone(rich: Kam, book: Path, tmp_path: Path) -> None:
    exports = [tmp_path / name for name in ("all.json", "all.vcf", "all.csv")]
    for path in exports:
        assert rich("export", "--output", str(path)).code == 0
    ran = rich("person", "erase", LIISA, "--yes")
    assert ran.code == 0, ran.err
    assert "Erased a person, and " in ran.out
    assert not [t for t in ("korhonen", "liisa@acme", "1234567", "123 4567") if t in in_files(book)]
    assert rich("contact", "show", LIISA).code == ExitCode.NOT_FOUND
    undone = rich("undo")
    assert undone.code == ExitCode.CONFLICT
    assert "erased" in undone.err
    for path in exports:
        for flag in ("--dry-run", "--yes"):
            ran = rich("import", str(path), flag)
            assert "Liisa Korhonen was erased on Sun 22 Nov 2026 and is not brought back." in ran.out, path
    assert not [t for t in ("korhonen", "liisa@acme", "1234567", "123 4567") if t in in_files(book)]
    assert "Nothing is wrong." in rich("doctor").out
    assert "erasures     1" in rich("doctor").out
    assert rich("find", "korhonen").out == ""
    assert rich("history").code == rich("today").code == rich("export", "--format", "csv").code == 0


def test_a_book_that_moves_takes_its_erasures_along(rich: Kam, tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    rich("export", "--output", str(old))
    rich("person", "erase", LIISA, "--yes")
    rich("export", "--output", str(new))
    there = ("--book", str(tmp_path / "elsewhere"))
    assert rich("import", str(new), "--yes", *there).code == 0
    counts = rich("import", str(old), "--dry-run", "--json", *there).json["counts"]
    assert counts["new"] == 0
    assert counts["rejected"] >= 1


def test_by_hand_somebody_may_come_back(rich: Kam) -> None:
    rich("person", "erase", LIISA, "--yes")
    assert rich("contact", "add", LIISA, "--account", "acme", "--emails", "liisa@acme.example").code == 0
    card = f"BEGIN:VCARD\nVERSION:3.0\nFN:{LIISA}\nEMAIL:liisa@acme.example\nTITLE:Boss\nEND:VCARD\n"
    ran = rich("import", "-", "--yes", stdin=card)
    assert "updated" in ran.out
    assert rich("contact", "show", LIISA, "--json").json["contact"]["title"] == "Boss"


def test_json_tells_what_was_done(rich: Kam, book: Path) -> None:
    rich("backup")
    (made,) = (book / "backups").glob("*.zip")
    (book / "contacts (conflicted copy).json").write_text(LIISA)
    plan = rich("person", "erase", LIISA, "--dry-run", "--json").json
    done = rich("person", "erase", LIISA, "--yes", "--json").json
    assert (plan["erased"], done["erased"], done["unfinished"]) == (False, True, "")
    assert plan["removed"] == done["removed"]
    assert done["removed"][0]["table"] == "contacts"
    changed = {row["table"]: row["fields"] for row in done["changed"]}
    assert changed["contacts"] == ["reports_to", "about"]
    assert done["backups"] == [str(made)]
    assert [Path(row["file"]).name for row in done["left"]] == ["contacts (conflicted copy).json"]


def test_names_and_entries_go_where_that_is_said(rich: Kam, book: Path) -> None:
    rich("note", "Liisa", "waved")
    plan = rich("person", "erase", LIISA, "--dry-run", "--json").json
    assert plan["read"]
    ran = rich("person", "erase", LIISA, "--yes", "--names", "--entries")
    assert ran.code == 0
    assert "she was glad" not in in_files(book)
    assert "(erased) waved" in in_files(book)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), ExitCode.INVALID, "kam person needs a second word: export, erase."),
        (("erase", "nobody", "--yes"), ExitCode.NOT_FOUND, "No person is called nobody."),
        (("erase", "liisa", "--yes"), ExitCode.CONFLICT, "liisa may be any of 2."),
        (("erase", "acme", "--yes"), ExitCode.NOT_FOUND, "No person is called acme."),
        (("export",), ExitCode.INVALID, "needs NAME"),
    ],
)
def test_what_is_not_clear_is_refused(full: Kam, words: tuple[str, ...], code: int, said: str) -> None:
    ran: Ran = full("person", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_what_was_kept_of_writing_the_lines_goes_too(rich: Kam, book: Path) -> None:
    folder = Outbox(state_folder(), str(book)).folder
    mine, other = Written(f"@acme {LIISA} liked it", "note"), Written("@nordic sent the list", "note")
    written.write(folder, Kept((mine, other), (Written(f"ask {LIISA}", "call"),)))
    aside = written.set_aside(folder, "t-1", f"A long text about {LIISA}.")
    rich("person", "erase", LIISA, "--yes")
    assert written.read(folder) == Kept((other,))
    assert not Path(aside).exists()
