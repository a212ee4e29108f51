"""What was sent when: kept per book and channel, begun anew when damaged, changed by one at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kam_tui.delivery.outbox import MEMORY, NEW, Outbox
from kam_tui.delivery.told import told
from kam_tui.delivery.turn import turn
from kam_tui.domain.errors import Busy, Unwritable

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(str(tmp_path / "state"), str(tmp_path / "book"))


def test_each_channel_remembers_its_own(outbox: Outbox) -> None:
    with outbox.turn():
        outbox.mark_digest("mail", NOW)
        outbox.mark_rung("desktop", ["reminder:r-1:2026-11-22@14:00"], NOW)
    again = Outbox(outbox.folder.rpartition("/")[0], outbox.folder)
    again.path = outbox.path
    assert again.channel("mail").digest == NOW
    assert again.channel("desktop").digest is None
    assert again.channel("desktop").rung == {"reminder:r-1:2026-11-22@14:00": NOW}
    assert again.channel("stdout") == NEW


def test_each_book_has_a_state_of_its_own_whatever_way_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "book")
    state = str(tmp_path / "state")
    one, same, other = (Outbox(state, str(tmp_path / name)) for name in ("book", "link", "other"))
    assert one.path == same.path != other.path


def test_what_rang_is_forgotten_when_nothing_looks_back_that_far(outbox: Outbox) -> None:
    with outbox.turn():
        outbox.mark_rung("desktop", ["old"], NOW)
        outbox.mark_rung("desktop", ["new"], NOW + MEMORY)
    assert set(outbox.channel("desktop").rung) == {"new"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"version": 2, "channels": {}}',
        '{"version": 1, "channels": {"mail": {}}}',
        '{"version": 1, "channels": {"mail": {"digest": "2026-11-22T07:30", "looked": null, "rung": {}}}}',
    ],
)
def test_a_state_that_cannot_be_read_is_kept_aside_and_begun_anew(outbox: Outbox, text: str) -> None:
    with outbox.turn():
        Path(outbox.path).write_text(text, "utf-8")
        assert outbox.channels() == {}
        assert f"kept as {outbox.path}.damaged" in outbox.mend()
        assert Path(outbox.path + ".damaged").read_text("utf-8") == text
        outbox.mark_digest("mail", NOW)
        assert outbox.mend() == ""
    assert outbox.channel("mail").digest == NOW


def test_a_damaged_state_is_never_written_over(outbox: Outbox) -> None:
    with outbox.turn():
        Path(outbox.path).write_text("rubbish", "utf-8")
        (said,) = told(outbox, NOW)
        assert said.startswith(f"{outbox.path} cannot be read;")
        outbox.mark_rung("desktop", ["key"], NOW)
    assert Path(outbox.path + ".damaged").read_text("utf-8") == "rubbish"
    assert set(outbox.channel("desktop").rung) == {"key"}


def test_a_second_damage_does_not_overwrite_what_the_first_one_left(outbox: Outbox) -> None:
    with outbox.turn():
        for text in ("one", "two"):
            Path(outbox.path).write_text(text, "utf-8")
            outbox.mend()
    assert [Path(outbox.path + end).read_text("utf-8") for end in (".damaged", ".damaged-2")] == [
        "one",
        "two",
    ]


def test_only_one_at_a_time_may_send(outbox: Outbox) -> None:
    with outbox.turn(), pytest.raises(Busy, match="Another kam is sending"), outbox.turn(patience=0):
        pass
    with outbox.turn(patience=0):
        pass


def test_a_turn_ends_with_what_goes_wrong_in_it(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    with pytest.raises(ZeroDivisionError), turn(path):
        _ = 1 // 0
    with turn(path, patience=0):
        pass


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("", "utf-8")
    outbox = Outbox(str(tmp_path / "state"), str(tmp_path / "book"))
    with pytest.raises(Unwritable, match="cannot be kept in"):
        outbox.turn()


def test_the_state_can_be_read_by_its_owner_alone(outbox: Outbox) -> None:
    with outbox.turn():
        outbox.mark_digest("mail", NOW + timedelta(days=1))
    assert Path(outbox.path).stat().st_mode & 0o777 == 0o600
    assert Path(outbox.folder).stat().st_mode & 0o777 == 0o700
