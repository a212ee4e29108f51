from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from shell_run import Kam

from kam_tui.settings import Settings
from kam_tui.settings_reader import load


def test_a_sound_book_is_said_to_be(full: Kam, book: Path) -> None:
    ran = full("doctor")
    assert ran.code == 0
    assert str(book) in ran.out
    assert ran.out.endswith("Nothing is wrong.\n")
    assert full("doctor", "--json").json["records"]["contacts"] == 2


def test_no_book_yet_is_nothing_wrong_and_makes_none(kam: Kam, book: Path) -> None:
    ran = kam("doctor")
    assert ran.code == 0
    assert "(not there yet)" in ran.out
    assert not book.exists()


def test_what_is_wrong_with_a_book_is_found(full: Kam, book: Path) -> None:
    book.chmod(0o755)
    ran = full("doctor")
    assert ran.code == 1
    assert "Others on this computer may read or write" in ran.out
    assert full("doctor", "--json").json["findings"]


def test_two_of_one_name_are_a_remark_and_nothing_wrong(full: Kam) -> None:
    for name in ("Pekka Koe", "Pekka Koe II"):
        full("contact", "add", name, "--account", "acme")
    full("contact", "edit", "Pekka Koe II", "--name", "Pekka Koe")
    ran = full("doctor")
    assert ran.code == 0
    assert "Nothing is wrong.\n· 2 people at Acme Oy are called Pekka Koe: c-" in ran.out
    found = full("doctor", "--json").json
    assert (found["findings"], len(found["remarks"])) == ([], 1)


def test_a_book_in_the_place_of_a_file_is_found(kam: Kam, book: Path) -> None:
    book.write_text("", "utf-8")
    for words in (("today",), ("note", "hi"), ("account", "list")):
        ran = kam(*words)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"{book} is no folder, so a book cannot be there.\nGive another place")
    assert kam("doctor").code == 1


def test_settings_that_cannot_be_taken_are_found(full: Kam, book: Path) -> None:
    (book.parent / "config.toml").write_text("cadence_kye = 3\n", "utf-8")
    ran = full("doctor")
    assert ran.code == 1
    assert "cadence_key" in ran.out
    assert full("today").code == 2


def test_a_damaged_book_ends_with_a_code_of_its_own(full: Kam, book: Path) -> None:
    (book / "accounts.json").write_text("{", "utf-8")
    journal = book / "journal.jsonl"
    journal.unlink()
    ran = full("account", "list")
    assert (ran.code, ran.out) == (5, "")
    assert "journal.jsonl is missing" in ran.err
    assert "kam doctor --repair" in ran.err
    assert full("doctor").code == 1


def test_config_prints_a_settings_file_that_sets_what_is_set(kam: Kam, book: Path, tmp_path: Path) -> None:
    file = book.parent / "config.toml"
    file.write_text('cadence_key = 10\ndate_order = "dmy"\n', "utf-8")
    ran = kam("config")
    assert ran.code == 0
    assert str(file) in ran.out
    assert tomllib.loads(ran.out) == {"cadence_key": 10, "date_order": "dmy"}
    saved = tmp_path / "saved.toml"
    saved.write_text(ran.out, "utf-8")
    assert load(str(saved)) == load(str(file))


def test_config_explains_every_setting(kam: Kam) -> None:
    rows = kam("config", "--json").json["settings"]
    assert {row["name"] for row in rows} == set(Settings.__dataclass_fields__)
    assert all(row["meaning"].endswith(".") for row in rows)


def test_the_demo_in_a_pipe_prints_its_digest_and_leaves_nothing(
    kam: Kam, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    ran = kam("demo")
    assert ran.code == 0
    assert "need you" in ran.out
    assert "demo" in ran.err
    assert list(place.iterdir()) == []
    assert not book.exists()


def test_a_digest_is_for_days_that_are_near(kam: Kam) -> None:
    ran = kam("digest", "--date", "9999-12-31")
    assert (ran.code, ran.err) == (2, "--date takes a day within ten years, not Fri 31 Dec 9999.\n")


def test_config_set_writes_the_file_and_keeps_the_rest_of_it(kam: Kam, book: Path) -> None:
    file = book.parent / "config.toml"
    file.write_text("# mine\ncadence_key = 9 # often\n", "utf-8")
    ran = kam("config", "set", "cadence_key", "10", "bell", "yes")
    assert (ran.code, ran.out) == (0, "cadence_key = 10\nbell = true\n")
    assert file.read_text("utf-8") == "# mine\ncadence_key = 10 # often\nbell = true\n"
    assert kam("config", "set", "theme", "", "--json").json["set"] == {"theme": ""}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["set"], "takes a name and a value"),
        (["set", "bell"], "takes a name and a value"),
        (["show"], "kam config does not take show."),
        (["set", "bell", "maybe"], "say yes or no"),
        (["set", "cadence_kye", "3"], "Did you mean cadence_key?"),
        (["set", "quiet_from", "22:00"], "set together"),
    ],
)
def test_config_set_refuses_in_a_sentence(kam: Kam, book: Path, words: list[str], said: str) -> None:
    ran = kam("config", *words)
    assert ran.code != 0
    assert said in ran.err
    assert not (book.parent / "config.toml").exists()


def test_config_tells_what_is_wrong_with_the_keys_and_prints_them_so_that_they_can_be_read(
    kam: Kam, book: Path
) -> None:
    file = book.parent / "config.toml"
    file.write_text('lead = []\n[keys]\n"everywhere.nite" = "N"\n"agenda.skip" = "X"\n', "utf-8")
    ran = kam("config")
    assert "# [keys]: there is no command everywhere.nite. Did you mean everywhere.note?" in ran.out
    assert '[keys]\n"everywhere.nite" = "N"\n"agenda.skip" = "X"\n' in ran.out
    file.write_text(ran.out, "utf-8")
    assert kam("config").out == ran.out
    assert kam("config", "--json").json["settings"]


@pytest.mark.parametrize(
    ("name", "typed", "good", "wrong"),
    [
        (
            "backup_recipient",
            "age1nobody",
            "",
            "age1nobody is no recipient that kam can seal for. One is a line",
        ),
        ("channels", "pigeon", "mail", "pigeon is no channel; there are mail, desktop"),
        ("language", "xx", "en", "there is no translation for xx, so kam speaks English."),
    ],
)
def test_a_setting_of_what_there_is_none_of_is_told(
    full: Kam, name: str, typed: str, good: str, wrong: str
) -> None:
    said = f"Setting {name}: {wrong}"
    assert said in full("config", "set", name, typed).err
    assert said in full("doctor").out
    assert "Setting" not in full("config", "set", name, good).err
