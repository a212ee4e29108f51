from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop import Desktop, running
from rich.cells import cell_len

from kam_tui.settings import Settings
from kam_tui.tui.screens.settings import SettingsDesk
from kam_tui.tui.wording import in_words


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "config.toml"
    monkeypatch.setenv("KAM_CONFIG", str(found))
    return found


async def at(desk: Desktop, name: str) -> SettingsDesk:
    """The settings, with one of them highlighted."""
    await desk.press("comma")
    screen = desk.app.screen
    assert isinstance(screen, SettingsDesk)
    assert screen.rows.highlight(name)
    await desk.settle()
    return screen


async def retype(desk: Desktop, text: str) -> None:
    """Another text in place of what the line holds."""
    await desk.press("ctrl+u")
    await desk.press("end", "ctrl+u")
    await desk.type(text)


async def test_every_setting_is_there_with_what_it_is_and_what_for(file: Path) -> None:
    async with running(size=(160, 80)) as desk:
        await desk.press("comma")
        assert str(file) in desk.text.replace("\n", "")
        for name in Settings.__annotations__:
            assert any(line[2:].startswith(name) for line in desk.lines), name
        assert "Whether the terminal's bell sounds" in desk.line("  bell")


async def test_the_whole_meaning_and_the_default_stand_below(file: Path) -> None:
    async with running(settings=Settings(cadence_key=10)) as desk:
        await at(desk, "cadence_key")
        assert "•" in desk.line("▌ cadence_key")
        assert "Default: 14. A change counts at once." in desk.text
        await at(desk, "language")
        assert "A change counts when kam is opened next." in desk.text


async def test_enter_turns_a_yes_into_a_no_and_back(file: Path) -> None:
    async with running() as desk:
        await at(desk, "bell")
        await desk.press("enter")
        assert "bell = true" in file.read_text("utf-8")
        assert "yes" in desk.line("▌ bell")
        await desk.press("enter")
        assert "bell = false" in file.read_text("utf-8")


async def test_a_number_is_typed_and_counts_at_once(file: Path) -> None:
    async with running() as desk:
        file.write_text("# mine\ntheme = 'nord' # as at home\n", "utf-8")
        before = len(desk.app.agenda.quiet) if desk.app.agenda else 0
        await at(desk, "cadence_growth")
        await desk.press("enter")
        await retype(desk, "4000")
        assert "is not between 0 and 3660 days" in " ".join(desk.text.split())
        await desk.press("enter")
        assert desk.place == "TypeSetting"
        await retype(desk, "0\n")
        assert file.read_text("utf-8") == "# mine\ntheme = 'nord' # as at home\ncadence_growth = 0\n"
        assert desk.session.settings.cadence_growth == 30
        assert desk.app.session.settings.cadence_growth == 0
        assert desk.app.agenda
        assert len(desk.app.agenda.quiet) < before
        assert "Be in touch" not in "".join(
            i.what for i in desk.app.agenda.open if i.account_id == "a-globex"
        )


async def test_new_settings_reach_every_screen(file: Path) -> None:
    async with running() as desk:
        await desk.press("2", "4")
        await at(desk, "date_order")
        await desk.press("enter", "down", "enter")
        assert 'date_order = "dmy"' in file.read_text("utf-8")
        await desk.press("1", "g", "s")
        await desk.type("3/12\n")
        (occurrence,) = desk.book.occurrences.values()
        assert occurrence.until
        assert occurrence.until.day.isoformat() == "2026-12-03"


async def test_a_theme_is_chosen_and_worn_at_once(file: Path) -> None:
    async with running() as desk:
        await at(desk, "theme")
        await desk.press("enter")
        assert desk.place == "ThemeChoice"
        await desk.press("end", "enter")
        await desk.settle()
        worn = desk.app.theme
        assert worn != "kam-dark"
        assert f'theme = "{worn}"' in file.read_text("utf-8")


async def test_settings_that_belong_together_are_asked_together(file: Path) -> None:
    async with running() as desk:
        await at(desk, "quiet_until")
        await desk.press("enter")
        await desk.type("22:00")
        assert "set together" in desk.text
        await desk.press("tab")
        await desk.type("07:00\n")
        assert file.read_text("utf-8") == 'quiet_from = "22:00"\nquiet_until = "07:00"\n'


async def test_capital_d_goes_back_to_the_default(file: Path) -> None:
    file.write_text("cadence_key = 9 # often\n", "utf-8")
    async with running(settings=Settings(cadence_key=9)) as desk:
        await at(desk, "cadence_key")
        await desk.press("D")
        assert file.read_text("utf-8") == "cadence_key = 14 # often\n"
        await desk.press("D")
        assert len(desk.notices) == 1


async def test_u_sets_back_what_was_changed_here_and_then_undoes_in_the_book(file: Path) -> None:
    async with running(settings=Settings(mail_server="smtp.acme.example")) as desk:
        await desk.press("n", *"seen", "enter")
        await at(desk, "mail_server")
        await desk.press("D")
        assert "mail_server: empty  ·  u sets it back" in desk.text
        await desk.press("u")
        assert desk.app.session.settings.mail_server == "smtp.acme.example"
        assert 'mail_server = "smtp.acme.example"' in file.read_text("utf-8")
        assert "sets it back" not in desk.text
        await desk.press("u")
        assert "Undid: Note: seen" in desk.text


async def test_a_dialog_that_is_left_changes_nothing(file: Path) -> None:
    async with running() as desk:
        await at(desk, "mail_user")
        await desk.press("enter", "x", "escape", "escape")
        await at(desk, "leap_day")
        await desk.press("enter", "down", "escape")
        assert desk.place == "SettingsDesk"
        assert not file.exists()


class Editor:
    """An editor that leaves what it is told to, and keeps what it was given."""

    def __init__(self, *leaves: str) -> None:
        self.leaves = list(leaves)
        self.given: list[str] = []

    def __call__(self, _app: object, text: str) -> str | None:
        self.given.append(text)
        return self.leaves.pop(0) if self.leaves else None


async def test_a_table_shows_its_rows_and_enter_opens_the_file_in_the_editor(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = Editor("lead = []\nbell = true")
    monkeypatch.setattr("kam_tui.tui.editor.edit_elsewhere", editor)
    async with running(size=(100, 40)) as desk:
        await at(desk, "lead")
        assert "4 rows" in desk.line("▌ lead")
        assert "[[lead]]" in desk.text
        await desk.press("enter")
        await desk.settle()
        assert "#cadence_key = 14" in editor.given[0]
        assert "#[[lead]]" in editor.given[0]
        assert file.read_text("utf-8") == "lead = []\nbell = true\n"
        assert "0 rows" in desk.line("▌ lead")


async def test_what_the_editor_leaves_and_cannot_be_taken_is_there_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("bell = true\n", "utf-8")
    editor = Editor("cadence_kye = 3\n", "cadence_key = 3\n")
    monkeypatch.setattr("kam_tui.tui.editor.edit_elsewhere", editor)
    async with running() as desk:
        await at(desk, "bell")
        await desk.press("E")
        await desk.settle()
        assert "Did you mean cadence_key?" in desk.notices[-1]
        assert file.read_text("utf-8") == "bell = true\n"
        await desk.press("E")
        await desk.settle()
        assert editor.given == ["bell = true\n", "cadence_kye = 3\n"]
        assert desk.app.session.settings.cadence_key == 3
        await desk.press("E")
        await desk.settle()
        assert editor.given[-1] == file.read_text("utf-8")


async def test_e_changes_a_setting_as_well(file: Path) -> None:
    async with running() as desk:
        await at(desk, "bell")
        await desk.press("e")
        assert "yes" in desk.line("▌ bell")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.write_text("cadence_kye = 3\n"), "unknown name"),
        (lambda file: file.write_text("bell = \n"), "are not TOML"),
        (lambda file: file.mkdir(), "cannot be read"),
    ],
)
async def test_a_file_that_cannot_be_changed_is_told(
    file: Path, spoil: Callable[[Path], object], said: str
) -> None:
    async with running() as desk:
        spoil(file)
        await at(desk, "bell")
        await desk.press("enter")
        assert said in desk.notices[-1]
        assert not desk.app.session.settings.bell


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_the_settings_fit_every_screen(file: Path, size: tuple[int, int]) -> None:
    async with running(size=size) as desk:
        await desk.press("comma")
        assert max(map(cell_len, desk.lines)) <= size[0]
        assert "Default: empty." in desk.text
        await at(desk, "leap_day")
        await desk.press("enter")
        assert "Esc  cancel" in desk.text


async def test_a_country_whose_holidays_nobody_knows_is_told_at_once(file: Path) -> None:
    async with running() as desk:
        await at(desk, "country")
        await desk.press("enter")
        await desk.type("xx\n")
        assert 'country = "xx"' in file.read_text("utf-8")
        assert "no holidays are known for xx" in desk.notices[-1]
        await desk.press("enter")
        await retype(desk, "FI\n")
        assert desk.notices[-1].startswith("country: FI\n")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_the_settings_are_narrowed_as_one_types(file: Path, size: tuple[int, int]) -> None:
    async with running(size=size) as desk:
        await desk.press("comma", "f")
        await desk.type("backup")
        names = [line.split()[0] for line in desk.lines if line[2:].startswith("backup")]
        assert names
        assert not desk.line("theme ")
        assert desk.lines[-1].startswith(" Enter To the lines")
        await desk.press("enter")
        assert desk.line("▌").split()[1].startswith("backup")
        assert desk.place == "SettingsDesk"
        await desk.press("escape")
        assert not any(line.startswith("  Filter") for line in desk.lines)
        assert desk.place == "SettingsDesk"
        await desk.press("escape")
        assert desk.place == "Today"


async def test_a_setting_is_found_by_what_it_is_for_and_changed_from_the_filter(file: Path) -> None:
    async with running(size=(100, 30)) as desk:
        await desk.press("comma", "f")
        await desk.type("mouse")
        assert "1 / " in desk.line("Filter ")
        await desk.press("down", "enter")
        await desk.settle()
        assert desk.app.session.settings.mouse is False
        assert "mouse" in desk.line("Filter ")


async def test_a_filter_that_no_setting_fits_says_so(file: Path) -> None:
    async with running() as desk:
        await desk.press("comma", "f")
        await desk.type("zzzz")
        assert "No setting is like that" in desk.text
        await desk.press("escape")
        assert "No setting is like that" not in desk.text


@pytest.mark.parametrize("size", [(60, 20), (100, 30)])
async def test_no_meaning_shows_the_signs_around_what_is_to_be_typed(
    file: Path, size: tuple[int, int]
) -> None:
    async with running(size=size) as desk:
        await desk.press("comma")
        screen = desk.app.screen
        assert isinstance(screen, SettingsDesk)
        assert any("`" in meaning for meaning in screen.meanings.values())
        for name in screen.meanings:
            screen.rows.highlight(name)
            await desk.settle()
            assert "`" not in desk.text, name


def test_what_is_to_be_typed_stands_out_in_a_meaning() -> None:
    told = in_words("Write `dmy` or `mdy`.", "$quiet")
    assert told.plain == "Write dmy or mdy."
    assert [str(span.style) for span in told.spans] == [
        "$quiet",
        "bold $quiet",
        "$quiet",
        "bold $quiet",
        "$quiet",
    ]
