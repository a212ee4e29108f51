"""A working day, end to end: the real program in real terminals, on real-format files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from terminal import Terminal

KAM = [sys.executable, "-m", "kam_tui"]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
NOW = "2026-11-18T10:30:00"


@pytest.fixture
def world(tmp_path: Path) -> dict[str, str]:
    return {"KAM_BOOK": str(tmp_path / "book"), "KAM_NOW": NOW, "TZ": "Europe/Helsinki"}


def kam(world: Mapping[str, str], *words: str) -> str:
    """Run a word of the shell without a terminal; its standard output."""
    ran = subprocess.run(
        [*KAM, *words], env=os.environ | dict(world), capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
def test_import_see_capture_complete_quit_and_find_it_all_again(
    world: dict[str, str], size: tuple[int, int]
) -> None:
    vcards, sheet = SAMPLES / "apple-3.0.vcf", SAMPLES / "google.csv"
    kam(world, "import", "--yes", str(vcards), str(sheet))
    accounts = json.loads(kam(world, "account", "list", "--json"))["accounts"]
    people = json.loads(kam(world, "contact", "list", "--json"))["contacts"]
    assert accounts
    assert len(people) >= 5
    name = accounts[0]["name"]
    kam(world, "remind", f"@{accounts[0]['id']}", "today", "send the price list")

    with Terminal(KAM, size, **world) as screen:
        screen.wait_for("send the price list")
        screen.type("2")
        screen.wait_for(name[:12])
        kam(world, "note", f"@{accounts[0]['id']}", "the crane is on its way [/bold]")
        screen.type("1")
        screen.wait_for("send the price list")
        screen.type("\r")
        screen.wait_for("the crane is on its way [/bold]")
        screen.type("1")
        screen.wait_for("Reminder set on")
        screen.type("d")
        screen.wait_for("How did it go?")
        screen.type("they were glad\r")
        screen.wait_for("Done: send the price list")
        screen.type("q")
        screen.wait_for_end()
        assert screen.exit_code == 0

    with Terminal(KAM, size, **world) as screen:
        screen.wait_for("Today")
        screen.type("/glad")
        screen.wait_for("they were glad")
        screen.type("\x1b")
        screen.wait_for("Nothing")
        screen.type("q")
        screen.wait_for_end()
        assert screen.exit_code == 0
    texts = [entry["text"] for entry in json.loads(kam(world, "entry", "list", "--json"))["entries"]]
    assert "they were glad" in texts
    assert "the crane is on its way [/bold]" in texts


def test_a_note_from_another_terminal_appears_by_itself(world: dict[str, str]) -> None:
    kam(world, "account", "add", "Acme Oy")
    with Terminal(KAM, (80, 24), **world) as screen:
        screen.wait_for("Today")
        screen.type("2")
        screen.wait_for("Acme Oy")
        screen.type("\r")
        screen.wait_for("Timeline")
        kam(world, "note", "@acme", "seen from next door")
        screen.wait_for("seen from next door")
        screen.type("q")
        screen.wait_for_end()
        assert screen.exit_code == 0


def test_twenty_notes_at_once_with_the_screen_open_are_all_kept(world: dict[str, str]) -> None:
    kam(world, "account", "add", "Acme Oy")
    with Terminal(KAM, (80, 24), **world) as screen:
        screen.wait_for("Today")
        running = [
            subprocess.Popen(
                [*KAM, "note", "@acme", f"thought number {i:02d}."],
                env=os.environ | world,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
            for i in range(20)
        ]
        assert [each.wait() for each in running] == [0] * 20
        screen.type("q")
        screen.wait_for_end()
        assert screen.exit_code == 0
    texts = {entry["text"] for entry in json.loads(kam(world, "entry", "list", "--json"))["entries"]}
    assert texts == {f"thought number {i:02d}." for i in range(20)}


def test_the_demo_without_a_terminal_tells_its_day_and_ends_well(world: dict[str, str]) -> None:
    said = kam(world, "demo")
    assert "Birthday" in said
    assert not Path(world["KAM_BOOK"]).exists()
