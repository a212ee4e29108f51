"""Words that work long: Ctrl+C ends each with a whole sentence, and nothing is left half."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from shell_run import Kam

from kam_tui.domain.progress import Progress

NOT_CHANGED = "Stopped: kam has not looked at all of the book. Nothing was changed."
NO_BACKUP = "Stopped: no backup was made."
NO_EXPORT = "Stopped: nothing was exported."
NO_RESTORE = "Stopped: nothing was restored. The book is as it was."
NOT_ERASED = "Stopped: nobody was erased. The book is as it was."
AS_IT_WAS = "Stopped: the book is as it was."
ERASE = ("person", "erase", "liisa korhonen", "--yes")
RESTORE = ("restore", "latest", "--yes")


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stages that begin."""
    stages: list[str] = []
    real = Progress.begin

    def begin(self: Progress, stage: str, total: int = 0) -> None:
        stages.append(stage)
        real(self, stage, total)

    monkeypatch.setattr(Progress, "begin", begin)
    return stages


def interrupted(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """Have Ctrl+C pressed as a stage begins."""
    real = Progress.begin

    def begin(self: Progress, stage: str, total: int = 0) -> None:
        if stage == at:
            signal.raise_signal(signal.SIGINT)
        real(self, stage, total)

    monkeypatch.setattr(Progress, "begin", begin)


def files_of(folder: Path) -> dict[Path, bytes]:
    found = (each for each in folder.rglob("*") if each.is_file() and each.name != "lock")
    return {each: each.read_bytes() for each in found}


@pytest.fixture
def kept(full: Kam) -> Kam:
    """A book that has a backup, and something that is newer."""
    full("backup")
    full("note", "acme: something newer")
    return full


@pytest.mark.parametrize(
    ("words", "stage", "said"),
    [
        (("doctor",), "Reading the files of the book", NOT_CHANGED),
        (("doctor",), "Looking through the tables", NOT_CHANGED),
        (("doctor",), "Counting the records", NOT_CHANGED),
        (("backup",), "Reading its tables through", NO_BACKUP),
        (("backup",), "Packing it", NO_BACKUP),
        (("export", "--format", "json"), "Reading the book", NO_EXPORT),
        (("export", "--format", "csv"), "Putting the file together", NO_EXPORT),
        (RESTORE, "Unpacking the backup", NO_RESTORE),
        (RESTORE, "Comparing with the book", NO_RESTORE),
        (RESTORE, "Packing it", AS_IT_WAS),
        (ERASE, "Looking through the history", NOT_ERASED),
        (ERASE, "Looking into the backups", NOT_ERASED),
    ],
)
def test_a_word_that_is_stopped_says_so_and_changes_nothing(
    kept: Kam, book: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], stage: str, said: str
) -> None:
    before = files_of(book)
    interrupted(monkeypatch, stage)
    ran = kept(*words)
    assert (ran.code, ran.err.strip()) == (130, said)
    assert files_of(book) == before


def test_an_export_that_is_stopped_leaves_no_file(
    kept: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(monkeypatch, "Putting the file together")
    assert kept("export", "--output", str(tmp_path / "book.json")).err.strip() == NO_EXPORT
    assert not list(tmp_path.glob("book.json*"))


@pytest.mark.parametrize(
    ("words", "stage", "done"),
    [
        (("backup",), "Writing the backup", "Backed up to"),
        (RESTORE, "Writing it into the book", ""),
        (ERASE, "Writing the book without them", "Erased a person"),
        (ERASE, "Writing the backups without them", "Erased a person"),
    ],
)
def test_what_is_being_written_is_written_whole(
    kept: Kam, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], stage: str, done: str
) -> None:
    interrupted(monkeypatch, stage)
    ran = kept(*words)
    assert ran.code == 0
    assert "It is being written, and cannot be stopped now." in ran.err
    assert done in ran.out
    assert kept("doctor").code == 0


def test_each_word_tells_what_it_is_at(kept: Kam, tmp_path: Path, begun: list[str]) -> None:
    told = {}
    file = str(tmp_path / "book.json")
    for words in (("doctor",), RESTORE, ("backup",), ("export", "--output", file), ERASE):
        begun.clear()
        assert kept(*words).code == 0
        told[words[0]] = list(dict.fromkeys(begun))
    assert told["doctor"][-1] == "Counting the records"
    assert told["backup"][-1] == "Writing the backup"
    assert told["export"][-1] == "Writing the file"
    assert "Writing it into the book" in told["restore"]
    assert told["person"][:2] == ["Looking through the history", "Looking into the backups"]
    assert "Writing the backups without them" in told["person"]
