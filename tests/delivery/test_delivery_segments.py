"""A query gets a name in the settings file, and all else in the file stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_tui.delivery.segments_file import drop, keep
from kam_tui.domain.errors import Invalid, KamError, NotFound


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[segments]\nbest = "tier:key"\n'.replace("best", '"best"')),
        ("bell = true # loud\n", 'bell = true # loud\n\n[segments]\n"best" = "tier:key"\n'),
        (
            "# mine\n[segments]\nbest = 'x' # why\nold = 'y'\n\n[[lead]]\non = 'birthday'\n",
            "# mine\n[segments]\n\"best\" = \"tier:key\"\nold = 'y'\n\n[[lead]]\non = 'birthday'\n",
        ),
        (
            "[segments]\nold = 'y'\n[keys]\n",
            '[segments]\n"best" = "tier:key"\nold = \'y\'\n[keys]\n',
        ),
        ("[segments]\r\nold = 'y'\r\n", '[segments]\r\n"best" = "tier:key"\r\nold = \'y\'\r\n'),
    ],
)
def test_a_query_gets_a_name_and_all_else_stays(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(before.encode())
    assert keep(str(file), "best", " tier:key ").segments["best"] == "tier:key"
    assert file.read_bytes().decode() == after


def test_a_name_with_spaces_and_quotes_in_the_query_is_kept_and_dropped_again(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    settings = keep(str(file), "around Tampere", 'city:"New York"')
    assert settings.segments == {"around Tampere": 'city:"New York"'}
    assert keep(str(file), "AROUND tampere", "city:Nokia").segments == {"around Tampere": "city:Nokia"}
    assert drop(str(file), "around tampere").segments == {}


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("best", "teir:key", "teir:key asks for teir"),
        ("best", "segment:best", "there is no segment best"),
        ("", "tier:key", "needs a name and a query"),
        ("best", "  ", "needs a name and a query"),
        ('a"b', "tier:key", "needs a name of its own"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_written(
    tmp_path: Path, name: str, query: str, said: str
) -> None:
    file = tmp_path / "config.toml"
    with pytest.raises(KamError, match=said):
        keep(str(file), name, query)
    assert not file.exists()


def test_a_name_that_others_rest_on_is_not_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[segments]\na = 'x'\nb = 'segment:a'\n")
    with pytest.raises(Invalid, match="a stays: other settings ask for it") as refused:
        drop(str(file), "a")
    assert "segment b: segment:a: there is no segment a." in refused.value.hint
    with pytest.raises(NotFound, match="There is no segment c"):
        drop(str(file), "c")
    assert "a = 'x'" in file.read_text()


@pytest.mark.parametrize(
    "text", ["segments = { old = 'y' }\n", "segments = 3\n", "segments.old = 'y'\n", "x = = 1"]
)
def test_what_is_written_in_another_way_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(Invalid):
        keep(str(file), "best", "tier:key")
    assert file.read_text() == text
