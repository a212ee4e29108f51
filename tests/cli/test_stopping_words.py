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
NOT_MENDED = "Stopped: nothing was mended. The book is as it was."
NOT_SEEN = "Stopped: the book is mended, but kam has not looked at all of it since."
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


def interrupted(monkeypatch: pytest.MonkeyPatch, at: str, time: int = 1) -> None:
    """Have Ctrl+C pressed as a stage begins, for the so manieth time."""
    real, times = Progress.begin, iter(range(1, 100))

    def begin(self: Progress, stage: str, total: int = 0) -> None:
        if stage == at and next(times) == time:
            signal.raise_signal(signal.SIGINT)
        real(self, stage, total)

    monkeypatch.setattr(Progress, "begin", begin)


def interrupted_within(monkeypatch: pytest.MonkeyPatch, stage: str) -> list[str]:
    """Have Ctrl+C pressed at the second step of a stage; how far it was then."""
    real, told = Progress.step, []

    def step(self: Progress) -> None:
        if self.stage == stage and self.done == 1:
            told.append(self.told)
            signal.raise_signal(signal.SIGINT)
        real(self)

    monkeypatch.setattr(Progress, "step", step)
    return told


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
        (ERASE, "Looking through the book", NOT_ERASED),
        (("person", "export", "liisa korhonen"), "Looking through the book", NO_EXPORT),
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
    ("words", "stage", "said"),
    [
        (("export", "--format", "json"), "Putting the file together", NO_EXPORT),
        (("export", "--format", "csv", "--table", "accounts"), "Putting the file together", NO_EXPORT),
        (("export", "--format", "vcard"), "Putting the file together", NO_EXPORT),
        (ERASE, "Looking through the book", NOT_ERASED),
    ],
)
def test_it_is_stopped_between_any_two_records_and_tells_how_many_there_are(
    kept: Kam, book: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], stage: str, said: str
) -> None:
    before = files_of(book)
    told = interrupted_within(monkeypatch, stage)
    ran = kept(*words)
    assert (ran.code, ran.err.strip(), ran.out) == (130, said, "")
    assert told[0].startswith(f"{stage}: 1 of ")
    assert files_of(book) == before


@pytest.fixture
def damaged(kept: Kam, book: Path) -> Path:
    """A book with something to mend."""
    path = book / "journal.jsonl"
    path.write_bytes(path.read_bytes() + b'{"half of a change')
    return path


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.parametrize(
    "stage", ["Reading the files of the book", "Looking through the history", "Looking through the tables"]
)
def test_a_repair_that_is_stopped_mends_nothing(
    kept: Kam, book: Path, damaged: Path, monkeypatch: pytest.MonkeyPatch, stage: str, time: int
) -> None:
    before = files_of(book)
    with monkeypatch.context() as here:
        interrupted(here, stage, time)
        ran = kept("doctor", "--repair", "--yes")
        assert (ran.code, ran.err.strip()) == (130, NOT_MENDED)
    assert files_of(book) == before
    assert kept("doctor", "--repair", "--yes").code == 0
    assert files_of(book)[damaged] != before[damaged]


def test_a_repair_that_writes_is_done_whole_and_the_look_at_it_can_be_stopped(
    kept: Kam, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as here:
        interrupted(here, "Mending the book")
        ran = kept("doctor", "--repair", "--yes")
        assert ran.code == 0
        assert "It is being written, and cannot be stopped now." in ran.err
    damaged.write_bytes(damaged.read_bytes() + b'{"half of a change')
    with monkeypatch.context() as here:
        interrupted(here, "Reading the files of the book", 3)
        ran = kept("doctor", "--repair", "--yes")
        assert (ran.code, ran.err.strip()) == (130, NOT_SEEN)
    assert kept("doctor").code == 0


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
    assert told["person"][:3] == [
        "Looking through the history", "Looking through the book", "Looking into the backups",
    ]  # fmt: skip
    assert "Writing the backups without them" in told["person"]
