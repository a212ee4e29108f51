"""Lines written before: kept for their owner alone, read back whatever became of the file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kam_tui.delivery import written
from kam_tui.delivery.written import NEWEST, Kept, Written
from kam_tui.domain.errors import Unwritable

ONE, TWO = Written("@acme called", "call"), Written("a thought", "note")


def test_what_is_kept_is_read_back_and_is_nobody_elses_business(tmp_path: Path) -> None:
    folder = str(tmp_path / "state")
    kept = Kept((ONE, TWO), (Written("half a li", "note", "a-acme"),))
    written.write(folder, kept)
    assert written.read(folder) == kept
    assert stat.S_IMODE(os.stat(tmp_path / "state" / written.FILE).st_mode) == 0o600


def test_a_line_is_there_once_and_the_oldest_go() -> None:
    kept = Kept()
    for number in range(NEWEST + 5):
        kept = kept.with_line(Written(f"line {number}", "note"))
    kept = kept.with_line(Written("line 50", "call"))
    assert len(kept.lines) == NEWEST
    assert kept.lines[0] == Written("line 50", "call")
    assert [each.line for each in kept.lines].count("line 50") == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"lines": 3, "drafts": []}', b'{"lines": [["a"]], "draft": null}',
     b'{"lines": [], "drafts": 7}', b'{"lines": [7], "draft": null}', b"\xff\xfe", b"[" * 100_000],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_as_if_there_were_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / written.FILE).write_bytes(content)
    assert written.read(str(tmp_path)) == Kept()


def test_control_characters_put_in_the_file_by_hand_do_not_come_out(tmp_path: Path) -> None:
    (tmp_path / written.FILE).write_text('{"lines": [["a\\u001b[2Jb\\nc", "note"]], "drafts": []}', "utf-8")
    assert written.read(str(tmp_path)).lines[0].line == "ab\nc"


def test_a_text_set_aside_never_takes_the_place_of_another(tmp_path: Path) -> None:
    first = written.set_aside(str(tmp_path), "t-1", "mine")
    second = written.set_aside(str(tmp_path), "t-1", "mine again")
    assert Path(first).read_text("utf-8") == "mine"
    assert Path(second).read_text("utf-8") == "mine again"


def test_somebody_who_is_erased_is_forgotten_here_too(tmp_path: Path) -> None:
    folder = str(tmp_path)
    written.write(folder, Kept((ONE, TWO), (Written("@acme half", "note"),)))
    of_acme = written.set_aside(folder, "t-1", "all about @acme")
    of_others = written.set_aside(folder, "t-2", "all about others")
    written.forget(folder, lambda text: "@acme" in text)
    assert written.read(folder) == Kept((TWO,))
    assert not Path(of_acme).exists()
    assert Path(of_others).exists()


def test_where_nothing_was_kept_there_is_nothing_to_forget(tmp_path: Path) -> None:
    written.forget(str(tmp_path / "never"), lambda _text: True)
    assert not (tmp_path / "never").exists()


def test_a_disk_that_does_not_let_go_of_them_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written.set_aside(str(tmp_path), "t-1", "all about @acme")

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(Unwritable, match="Permission denied") as told:
        written.forget(str(tmp_path), lambda _text: True)
    assert str(tmp_path) in told.value.hint
