"""The settings file: read strictly, refused in whole sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_tui import paths
from kam_tui.domain.errors import Invalid
from kam_tui.settings import Settings, load


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


def test_the_environment_says_where_things_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/config")
    assert paths.config_file() == "/config/kam/config.toml"
    assert paths.book_folder() == "/data/kam/book"
    assert paths.book_folder("/mine") == "/mine"
    monkeypatch.setenv("KAM_BOOK", "/other")
    assert paths.book_folder("/mine") == "/other"
