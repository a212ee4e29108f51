"""The settings file: read strictly, refused in whole sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_tui import paths
from kam_tui.domain.errors import Invalid
from kam_tui.domain.lead import Lead
from kam_tui.settings import Settings, Words
from kam_tui.settings_reader import load


def written(tmp_path: Path, text: str) -> str:
    file = tmp_path / "config.toml"
    file.write_text(text)
    return str(file)


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(str(tmp_path / "none.toml")) == Settings()


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    settings = load(written(tmp_path, 'date_order = "dmy"\ncadence_key = 10\nthank_after_sale = false\n'))
    assert (settings.date_order, settings.cadence_key, settings.thank_after_sale) == ("dmy", 10, False)
    assert [settings.cadence_of(tier) for tier in ("key", "growth", "standard")] == [10, 30, 90]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("cadence_kee = 3", "unknown name: cadence_kee"),
        ("cadence_key = 'x'", "takes a whole number"),
        ("cadence_key = true", "takes a whole number"),
        ("cadence_key = -1", "not between 0 and 3660"),
        ("date_order = 'ymd'", "not one of"),
        ("= broken", "not TOML"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        load(written(tmp_path, text))


def test_a_slip_of_the_pen_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        load(written(tmp_path, "cadence_kee = 3"))
    assert caught.value.hint == "Did you mean cadence_key?"


def test_a_file_that_is_no_toml_says_where_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="at line 2, column 9") as caught:
        load(written(tmp_path, "bell = true\ntheme = \n"))
    assert caught.value.hint.startswith("Mend that place")


def test_a_table_of_rows_takes_the_place_of_the_usual_one(tmp_path: Path) -> None:
    rows = load(written(tmp_path, '[[lead]]\non = "wedding"\ndays = 3\naction = "card"\n[[lead]]\n')).lead
    assert rows == (Lead("wedding", 3, "card"), Lead())
    assert load(written(tmp_path, "lead = []")).lead == ()
    assert load(written(tmp_path, "")).lead == Settings().lead


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        ("lead = 3", r"config.toml: lead takes rows, each under \[\[lead\]\], not 3", ""),
        ("[lead]\ndays = 3", r"lead takes rows, each under", ""),
        ("lead = [3]", r"lead takes rows, each under", ""),
        ("[[lead]]\n[[lead]]\ndais = 3", r"row 2 of \[\[lead\]\] hold an unknown name: dais", "mean days?"),
        ("[[lead]]\ndays = 'x'", r"row 1 of \[\[lead\]\]: days takes a whole number, not x", ""),
        ("[[lead]]\ndays = 181", r"row 1 of \[\[lead\]\]: the days before an occasion lie between", ""),
        ("[[lead]]\non = 'xmas'", r"row 1 of \[\[lead\]\]: xmas is none of the occasions any, birth", ""),
        ("[[lead]]\naction = 'sing'", r"row 1 of \[\[lead\]\]: sing is nothing to do", ""),
        ("[segments]\na = 'teir:key'", r"segment a: teir:key asks for teir", "tier"),
        ("[segments]\na = 'segment:b'\nb = 'segment:a'", r"segment a: .*there is no segment a", ""),
        ("[segments]\na = 'x'\nA = 'y'", "segment a: it needs a name of its own", ""),
        ("[segments]\n'-' = 'x'", "segment -: it needs a name of its own", ""),
        ("[segments]\na = 3", r"segments takes names with a text", ""),
        ("[segments]\na = 'due<7d'\n[[lead]]\nwhere = 'segment:a'", r"\[\[lead\]\]: .*asks what is due", ""),
        ("[[lead]]\nwhere = 'segment:x'", r"\[\[lead\]\]: .*there is no segment x", ""),
        ("keys = 3", r"config.toml: keys takes names with a text in quotes, under \[keys\], not 3", ""),
        ("[keys]\n'a.b' = 3", r"keys takes names with a text in quotes", ""),
        ("[keys.everywhere]\nnote = 'n'", r"keys takes names with a text in quotes", ""),
        ("[[keys]]\nx = 'n'", r"keys takes names with a text in quotes", ""),
        ("[[lead]]\nwhere = 'teir:key'", r"row 1 of \[\[lead\]\]: teir:key asks for teir", "tier"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_with_its_table_and_number(
    tmp_path: Path, text: str, sentence: str, hint: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as caught:
        load(written(tmp_path, text))
    assert hint in caught.value.hint


def test_the_environment_says_where_things_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/config")
    assert paths.config_file() == "/config/kam/config.toml"
    assert paths.book_folder() == "/data/kam/book"
    assert paths.book_folder("/mine") == "/mine"
    monkeypatch.setenv("KAM_BOOK", "/other")
    assert paths.book_folder("/mine") == "/other"


def test_a_playbook_of_ones_own_takes_the_place_of_the_usual_one(tmp_path: Path) -> None:
    text = '[[playbook]]\nname = "lunch"\non = "sale"\nafter = "2 weeks"\naction = "meeting"\n'
    text += 'where = "tier:key"\n'
    (row,) = load(written(tmp_path, text)).playbook
    assert (row.name, row.after, row.action, row.where) == ("lunch", "2 weeks", "meeting", "tier:key")
    assert load(written(tmp_path, "playbook = []")).playbook == ()
    (pace,) = load(written(tmp_path, '[[cadence]]\nwhere = "tag:slow"\nstyle = "ambient"\n')).cadence
    assert (pace.where, pace.days, pace.style) == ("tag:slow", 0, "ambient")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[playbook]]\nname = 'x'", r"row 1 of \[\[playbook\]\]: it needs on"),
        ("[[playbook]]\nname = 'x'\non = 'sale'\nafter = 'soon'", r"row 1 of .*soon is not written like"),
        ("[[playbook]]\nname = 'x'\non = 'sale'\nwhere = 'teir:key'", r"row 1 of .*teir:key asks for teir"),
        ("[[playbook]]\nname = 'x'\non = 'sale'\n" * 2, "two rows are called x"),
        ("[[playbook]]\nname = 'x'\nun = 'sale'", "unknown name: un"),
        ("[[cadence]]\nwhere = 'tag:x'\nstyle = 'calm'", r"row 1 of .*calm is none of the styles periodic"),
        ("[[cadence]]\nwhere = 'tag:x'\ndays = 9999", "9999 is not between 0 and 3660 days"),
        ("cadence_maximum = 99", "99 percent is less than the cadence itself"),
    ],
)
def test_rows_that_cannot_be_taken_are_named(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        load(written(tmp_path, text))


def test_a_table_of_texts_is_taken_as_it_stands(tmp_path: Path) -> None:
    settings = load(written(tmp_path, '[keys]\n"everywhere.note" = "N, f4"\n"agenda.skip" = ""\n'))
    assert settings.keys == {"everywhere.note": "N, f4", "agenda.skip": ""}
    assert hash(settings.keys) == hash(Words(settings.keys))
    assert load(written(tmp_path, "")).keys == {}


def test_a_value_that_cannot_be_is_told_with_its_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[templates]\nvisit = "seen by {nobody}"\n')
    with pytest.raises(Invalid, match=r"nobody") as told:
        load(path)
    assert path in str(told.value)
