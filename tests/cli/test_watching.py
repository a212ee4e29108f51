"""Watching: a long work on a terminal, and Ctrl+C."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from shell_run import Kam
from terminal import Terminal

from kam_tui.cli import diagnostics, watching
from kam_tui.cli.watching import watched
from kam_tui.domain.errors import Stopped
from kam_tui.domain.progress import Progress

CARDS = "".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:Maija {n}\nEND:VCARD\n" for n in range(5))
PYTHON = "import sys; from kam_tui.cli import diagnostics; diagnostics.pass_by('first'); "


class Seen:
    """What passes by on the terminal."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.came = Event()

    def __call__(self, text: str) -> None:
        self.lines.append(text)
        self.came.set()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    monkeypatch.setattr(watching, "FIRST", 0.001)
    monkeypatch.setattr(watching, "TICK", 0.001)
    found = Seen()
    monkeypatch.setattr(diagnostics, "pass_by", found)
    return found


def test_how_far_it_is_passes_by_and_leaves_nothing_behind(seen: Seen) -> None:
    progress = Progress()
    with watched(progress):
        progress.begin("Reading", 4)
        progress.step()
        while "Reading: 1 of 4, 25 %" not in seen.lines:
            assert seen.came.wait(20)
            seen.came.clear()
    assert seen.lines[-1] == ""


def test_what_is_done_at_once_says_nothing(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "FIRST", 60)
    with watched(Progress()) as nothing:
        assert nothing is None
    assert not seen.lines


def test_ctrl_c_stops_it_at_its_next_step_and_is_what_it_was_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    progress = Progress()
    with watched(progress):
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(Stopped):
        progress.step()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_does_not_wait_for_a_step() -> None:
    with watched(Progress()):
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_what_is_being_written_says_so_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    with watched(progress):
        progress.begin_last("Writing")
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    assert "cannot be stopped now" in capsys.readouterr().err


def test_a_work_in_another_thread_leaves_ctrl_c_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    found = []

    def work() -> None:
        with watched(Progress()):
            found.append(signal.getsignal(signal.SIGINT))

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert found == [before]


def _interrupted(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """Have somebody press Ctrl+C when a stage begins."""
    real = Progress.begin

    def begin(self: Progress, stage: str, total: int = 0) -> None:
        if stage.startswith(at):
            signal.raise_signal(signal.SIGINT)
        real(self, stage, total)

    monkeypatch.setattr(Progress, "begin", begin)


@pytest.fixture
def cards(tmp_path: Path) -> str:
    (tmp_path / "cards.vcf").write_text(CARDS, "utf-8")
    return str(tmp_path / "cards.vcf")


@pytest.mark.parametrize("stage", ["Reading", "Comparing"])
def test_an_import_that_is_stopped_brings_nothing_and_says_so(
    kam: Kam, book: Path, cards: str, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    with monkeypatch.context() as patch:
        _interrupted(patch, stage)
        ran = kam("import", cards, "--yes")
    assert ran.code == 130
    assert ran.err.strip() == "Stopped: nothing was imported."
    assert not book.exists()
    assert kam("import", cards, "--yes").code == 0


def test_an_import_that_is_being_written_is_written_whole(
    kam: Kam, cards: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _interrupted(patch, "Writing")
        ran = kam("import", cards, "--yes")
    assert ran.code == 0
    assert "cannot be stopped now" in ran.err
    assert len(kam("contact", "list").out.splitlines()) == 5


def test_a_question_that_is_broken_off_says_that_nothing_came_in(book: Path, cards: str) -> None:
    with Terminal([sys.executable, "-m", "kam_tui", "import", cards]) as terminal:
        terminal.wait_for("Bring it in?")
        terminal.type("\x03")
        terminal.wait_for_end()
    assert terminal.text.rstrip().endswith("[y/N] ^C\nStopped: nothing was imported.")
    assert terminal.exit_code == 130
    assert not book.exists()


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    program = PYTHON + "diagnostics.pass_by('x' * 200); diagnostics.pass_by(''); diagnostics.say('end')"
    with Terminal([sys.executable, "-c", program], (20, 4)) as found:
        yield found


def test_one_line_takes_the_place_of_the_other_on_a_narrow_terminal_too(terminal: Terminal) -> None:
    terminal.wait_for_end()
    assert b"first" in terminal.output
    assert terminal.text.strip() == "end"


def test_nothing_passes_by_where_nobody_reads(capsys: pytest.CaptureFixture[str]) -> None:
    diagnostics.pass_by("Reading: 1 of 4, 25 %")
    assert capsys.readouterr().err == ""
