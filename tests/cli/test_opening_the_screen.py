"""`kam` and `kam demo` at a terminal hand a session to the screen, and clean up after it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from builders import account
from shell_run import Kam

from kam_tui import paths
from kam_tui.cli import diagnostics
from kam_tui.cli.output import Output
from kam_tui.delivery.settings_file import change
from kam_tui.domain.change import Change, add
from kam_tui.domain.errors import Damaged, NotFound
from kam_tui.session import Session
from kam_tui.store.store import Store
from kam_tui.tui import app
from kam_tui.tui.first_read import FirstRead


class Screen:
    """In place of the screen: remembers what it was given."""

    def __init__(self) -> None:
        self.folder = ""
        self.face = ""
        self.accounts = 0
        self.error: Exception | None = None
        self.wants_demo = False
        self.opened: list[tuple[str, str, bool]] = []

    def run(
        self,
        session: Session,
        place: str = "",
        record_id: str = "",
        *,
        is_demo: bool = False,
        begun: FirstRead | None = None,
    ) -> bool:
        assert begun is not None
        assert isinstance(session.store, Store)
        self.folder, self.face = session.store.folder, session.face
        self.accounts = len(session.read().accounts)
        self.opened.append((place, record_id, is_demo))
        if self.error:
            raise self.error
        wanted, self.wants_demo = self.wants_demo, False
        return wanted


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    opened = Screen()
    monkeypatch.setattr(app, "run_app", opened.run)
    monkeypatch.setattr(diagnostics, "can_ask", lambda: True)
    start = Output.__init__

    def at_terminal(self: Output, *, as_json: bool = False, color: bool = True) -> None:
        start(self, as_json=as_json, color=color)
        self.is_terminal = True

    monkeypatch.setattr(Output, "__init__", at_terminal)
    return opened


def test_kam_alone_opens_the_screen_on_the_book(full: Kam, screen: Screen, book: Path) -> None:
    assert full().code == 0
    assert (screen.folder, screen.face, screen.accounts) == (str(book), "tui", 2)


def test_it_begins_where_one_says(full: Kam, screen: Screen) -> None:
    assert full("--screen", "accounts").code == 0
    assert full("open", "nordic").code == 0
    assert full("open", "liisa", "k").code == 0
    places = [(place, record_id[:2]) for place, record_id, _demo in screen.opened]
    assert places == [("accounts", ""), ("account", "a-"), ("contact", "c-")]


def test_a_name_that_fits_nobody_or_several_opens_nothing(full: Kam, screen: Screen) -> None:
    ran = full("open", "nobody")
    assert (ran.code, screen.opened) == (3, [])
    assert "No account or person is called nobody." in ran.err


def test_without_a_terminal_a_screen_cannot_be_opened_and_a_name_is_shown(full: Kam) -> None:
    ran = full("--screen", "accounts")
    assert (ran.code, ran.out) == (2, "")
    assert "needs a terminal" in ran.err
    assert full("open", "acme").out == full("account", "show", "acme").out
    assert full("open").out == full("today").out


def test_a_terminal_that_cannot_draw_is_given_plain_lines(
    full: Kam, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert full().out == full("today").out != ""
    assert screen.opened == []


def test_a_screen_is_opened_by_no_other_word(full: Kam, screen: Screen) -> None:
    ran = full("--screen", "accounts", "today")
    assert (ran.code, ran.out, screen.opened) == (2, "", [])
    assert "stands alone" in ran.err
    assert full("--screen").code == 2


def test_several_that_fit_are_said(kam: Kam) -> None:
    kam("account", "add", "Acme Oy")
    kam("account", "add", "Acme Ab")
    ran = kam("open", "acme")
    assert ran.code == 4
    assert "Acme Ab; Acme Oy" in ran.err


def test_who_looks_around_in_the_demo_comes_back_to_the_own_book(
    full: Kam, screen: Screen, book: Path
) -> None:
    screen.wants_demo = True
    assert full().code == 0
    assert [is_demo for _place, _id, is_demo in screen.opened] == [False, True, False]
    assert screen.folder == str(book)


def test_the_book_given_by_flag_is_opened(kam: Kam, screen: Screen, tmp_path: Path) -> None:
    kam("--book", str(tmp_path / "other"))
    assert screen.folder == str(tmp_path / "other")


def test_kam_alone_with_json_prints(full: Kam, screen: Screen) -> None:
    assert full("--json").json["date"] == "2026-11-22"
    assert screen.folder == ""


def test_the_demo_opens_on_a_copy_that_is_gone_afterwards(kam: Kam, screen: Screen, book: Path) -> None:
    ran = kam("demo")
    assert ran.code == 0
    assert screen.accounts >= 20
    assert "it is gone when you leave" in ran.err
    assert screen.folder in ran.err
    assert not Path(screen.folder).parent.exists()
    assert not book.exists()


def test_what_is_set_and_remembered_in_the_demo_stays_in_the_demo(
    kam: Kam, screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('theme = "kam-light"\n', encoding="utf-8")
    monkeypatch.setenv("KAM_CONFIG", str(own))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def try_it(session: Session, *_where: str, **_more: object) -> bool:
        assert session.settings.theme == "kam-light"
        assert Path(session.outbox.folder).is_relative_to(Path(paths.config_file()).parent)
        change(paths.config_file(), {"country": "FI"})
        return False

    monkeypatch.setattr(app, "run_app", try_it)
    assert kam("demo").code == 0
    assert own.read_text(encoding="utf-8") == 'theme = "kam-light"\n'
    assert paths.config_file() == str(own)
    assert not (tmp_path / "state").exists()


def test_undo_in_the_demo_takes_back_what_the_person_did_and_no_more(
    kam: Kam, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def try_it(session: Session, *_where: str, **_more: object) -> bool:
        begun = len(session.read().accounts)
        assert list(session.history()) == []
        for act in (session.undo, session.redo):
            with pytest.raises(NotFound):
                act()
        session.run(lambda _book, _now: Change("one more", (add(account("Aaa Oy")),)))
        assert session.undo()[1].summary == "Undid: one more"
        with pytest.raises(NotFound, match="nothing to undo"):
            session.undo()
        screen.accounts = len(session.read().accounts)
        assert screen.accounts == begun > 20
        return False

    monkeypatch.setattr(app, "run_app", try_it)
    assert kam("demo").code == 0
    assert screen.accounts


def test_what_the_screen_raises_ends_as_anywhere(kam: Kam, screen: Screen) -> None:
    screen.error = Damaged("The book is torn.")
    ran = kam("demo")
    assert (ran.code, "The book is torn." in ran.err) == (5, True)
    assert not Path(screen.folder).parent.exists()


def test_asyncio_is_loaded_without_tls_and_whoever_needs_that_has_it() -> None:
    program = """
import sys
from kam_tui.cli.screen import load_asyncio
load_asyncio()
assert "ssl" not in sys.modules
import asyncio
assert asyncio.run(asyncio.sleep(0, "awake")) == "awake"
import smtplib, ssl
ssl.create_default_context()
load_asyncio()
assert sys.modules["ssl"] is ssl
"""
    subprocess.run([sys.executable, "-c", program], check=True)
