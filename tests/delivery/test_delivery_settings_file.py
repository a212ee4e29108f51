from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kam_tui import settings_reader
from kam_tui.delivery.settings_file import begun, change, meanings, rewrite, value_of, with_values
from kam_tui.domain.errors import Invalid, KamError, NotFound, Unwritable
from kam_tui.domain.text import clean
from kam_tui.settings import Settings

MINE = """# My own settings.
theme = "nord"   # from home
#cadence_key = 14

date_order = 'dmy'

# What is done for birthdays.
[[lead]]
on = "birthday"
where = "theme"
days = 3
action = "card"
"""


def test_a_value_takes_the_place_of_the_old_one_and_keeps_what_stands_behind_it() -> None:
    after = with_values(MINE, {"theme": "gruvbox"}, "c.toml")
    assert after == MINE.replace('theme = "nord"   #', 'theme = "gruvbox"   #')
    assert with_values(MINE, {"date_order": "mdy"}, "c.toml") == MINE.replace("'dmy'", '"mdy"')


def test_a_new_value_goes_below_its_own_comment() -> None:
    after = with_values(MINE, {"cadence_key": 10}, "c.toml")
    assert after == MINE.replace("#cadence_key = 14\n", "#cadence_key = 14\ncadence_key = 10\n")


def test_a_new_value_goes_below_the_last_one_and_never_into_a_table() -> None:
    after = with_values(MINE, {"bell": True}, "c.toml")
    assert after == MINE.replace("'dmy'\n", "'dmy'\nbell = true\n")


def test_a_file_of_tables_alone_gets_the_value_above_them_and_their_comment() -> None:
    text = '# Cadences.\n[[cadence]]\nwhere = "tag:x"\n'
    assert with_values(text, {"bell": True}, "c.toml") == "bell = true\n" + text


def test_an_empty_file_and_one_of_comments_get_a_line() -> None:
    assert with_values("", {"bell": False}, "c.toml") == "bell = false\n"
    assert with_values("# mine\n", {"bell": False}, "c.toml") == "# mine\nbell = false\n"
    assert with_values("# mine", {"bell": False}, "c.toml") == "# mine\nbell = false\n"


def test_line_ends_of_windows_stay() -> None:
    text = 'theme = "nord"\r\nbell = true\r\n'
    assert with_values(text, {"bell": False}, "c.toml") == 'theme = "nord"\r\nbell = false\r\n'
    assert with_values(text, {"grace_days": 3}, "c.toml") == text + "grace_days = 3\r\n"


def test_a_value_with_quotes_and_a_hash_in_it_is_changed_whole() -> None:
    text = 'theme = "a\\"b # c" # mine\nbell = true\n'
    assert with_values(text, {"theme": "dark"}, "c.toml") == 'theme = "dark" # mine\nbell = true\n'


@pytest.mark.parametrize("value", ["'''\nnord\n'''", '"""nord"""'])
def test_a_value_over_several_lines_is_left_to_the_person(value: str) -> None:
    with pytest.raises(Invalid, match="cannot change without harm"):
        with_values(f"theme = {value} # mine\n", {"theme": "dark"}, "c.toml")


def test_a_list_over_several_lines_is_not_broken() -> None:
    text = 'lead = [\n  { on = "birthday", action = "card" },\n]\n'
    after = with_values(text, {"bell": True}, "c.toml")
    assert settings_reader.read(after.encode(), "c.toml").bell
    assert text in after


@given(
    st.text(),
    st.sampled_from(["mail_from", "theme", "mail_user"]),
    st.sampled_from([MINE, "", "# x", "bell=true"]),
)
@examples(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was_typed(typed: str, name: str, text: str) -> None:
    value = value_of(name, typed)
    after = with_values(text, {name: value}, "c.toml")
    assert getattr(settings_reader.read(after.encode(), "c.toml"), name) == clean(typed).strip()
    kept = [line for line in text.split("\n") if not line.startswith(name)]
    assert all(line in after.split("\n") for line in kept)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("bell", "yes", True),
        ("bell", "Off", False),
        ("cadence_key", " 10 ", 10),
        ("theme", "nord", "nord"),
        ("theme", "", ""),
    ],
)
def test_words_become_values(name: str, typed: str, value: object) -> None:
    assert value_of(name, typed) == value
    assert type(value_of(name, typed)) is type(value)


def test_a_place_is_kept_as_a_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert value_of("book", "mine") == str(tmp_path / "mine")
    assert value_of("name_day_calendar", "../days.ics") == str(tmp_path.parent / "days.ics")
    for whole in ("", "~/kam", "/srv/kam"):
        assert value_of("book", whole) == whole


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("bell", "maybe", "say yes or no, not maybe"),
        ("cadence_key", "ten", "a whole number, not ten"),
        ("cadence_key", "", 'a whole number, not ""'),
        ("cadence_key", "٣", "a whole number"),
        ("cadence_key", "9999999999999", "a whole number"),
        ("lead", "x", "a table of several rows"),
        ("timezone", "Mars/Olympus", "no zone that this computer knows"),
        ("cadence_kye", "3", "There is no setting cadence_kye."),
    ],
)
def test_what_is_no_value_is_told(name: str, typed: str, said: str) -> None:
    with pytest.raises(KamError) as caught:
        value_of(name, typed)
    assert said in str(caught.value)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        value_of("cadence_kye", "3")
    assert "cadence_key" in caught.value.hint


def test_a_change_is_written_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "kam" / "config.toml"
    made = change(str(file), {"quiet_from": "22:00", "quiet_until": "07:00"})
    assert (made.quiet_from, made.quiet_until) == ("22:00", "07:00")
    assert settings_reader.load(str(file)) == made
    assert change(str(file), {"bell": "yes"}).quiet_from == "22:00"


def test_what_is_refused_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(MINE, "utf-8")
    for texts in ({"date_order": "zz"}, {"quiet_from": "22:00"}, {"cadence_key": "4000"}, {"nothing": "1"}):
        with pytest.raises(KamError):
            change(str(file), texts)
    assert file.read_text("utf-8") == MINE


def test_a_file_that_is_broken_already_is_told_and_left(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for content in (b"theme = \n", b"\xff\xfe", b"cadence_kye = 3\n"):
        file.write_bytes(content)
        with pytest.raises(Invalid, match=r"config\.toml"):
            change(str(file), {"bell": "yes"})
        assert file.read_bytes() == content


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.mkdir()
    with pytest.raises(KamError, match="cannot be read"):
        change(str(file), {"bell": "yes"})
    lone = tmp_path / "lone"
    lone.write_text("")
    with pytest.raises(Unwritable, match="cannot be written"):
        change(str(lone / "sub" / "config.toml"), {"bell": "yes"})


def test_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "config.toml"
    real.write_text("bell = false # mine\n", "utf-8")
    link.symlink_to(real)
    change(str(link), {"bell": "yes"})
    assert link.is_symlink()
    assert real.read_text("utf-8") == "bell = true # mine\n"
    assert stat.S_IMODE(os.stat(real).st_mode) == 0o600


def test_every_setting_has_a_meaning() -> None:
    assert meanings().keys() == Settings.__annotations__.keys()


def test_a_file_to_begin_with_sets_nothing_and_names_everything() -> None:
    text = begun()
    assert settings_reader.read(text.encode(), "c.toml") == Settings()
    uncommented = "\n".join(line.removeprefix("#") for line in text.split("\n") if not line.startswith("# "))
    assert settings_reader.read(uncommented.encode(), "c.toml") == Settings()
    assert all(f"#{name} = " in text or f"#[[{name}]]" in text for name in Settings.__annotations__)


def test_a_whole_text_takes_the_place_of_the_file_or_nothing_does(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert rewrite(str(file), "bell = true\n").bell
    with pytest.raises(Invalid):
        rewrite(str(file), "bell = 3\n")
    assert file.read_text("utf-8") == "bell = true\n"
