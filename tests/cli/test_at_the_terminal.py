"""Questions at a real terminal: a pty, with kam at its other end."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from shell_run import Kam

PATIENCE = 20.0
"""Seconds to wait for words that should come at once."""


class AtTerminal:
    """kam in a terminal of its own, and somebody who types."""

    def __init__(self, *words: str, **env: str) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kam_tui", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"} | env,
            start_new_session=True,
        )
        os.close(slave)
        self.seen, self.heard = "", 0

    def expect(self, words: str) -> None:
        while (found := self.seen.find(words, self.heard)) < 0:
            assert self._read(), f"never said {words!r}:\n{self.seen}"
        self.heard = found + len(words)

    def type(self, line: str) -> None:
        os.write(self.master, line.encode() + b"\n")

    def end(self) -> int:
        while self._read():
            pass
        code = self.process.wait(PATIENCE)
        os.close(self.master)
        return code

    def _read(self) -> str:
        ready, _w, _x = select.select([self.master], [], [], PATIENCE)
        if not ready:
            return ""
        try:
            text = os.read(self.master, 65536).decode()
        except OSError:  # how Linux tells that the other end is closed
            return ""
        self.seen += text.replace("\r\n", "\n")
        return text


@pytest.fixture
def terminals() -> Iterator[list[AtTerminal]]:
    some: list[AtTerminal] = []
    yield some
    for each in some:
        if each.process.poll() is None:
            os.killpg(each.process.pid, signal.SIGKILL)
            each.process.wait()


def test_a_note_for_several_asks_which_one(full: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("note", "@liisa, likes tea")
    terminals.append(terminal)
    terminal.expect("1  Liisa Korhonen (Acme Oy)")
    terminal.expect("Enter cancels.")
    terminal.type("9")
    terminal.expect("9 is not a number from 1 to 4.")
    terminal.type("2")
    terminal.expect("Noted for Nordic Timber Oy, with Liisa Virtanen")
    assert terminal.end() == 0
    entry = full("entry", "list", "--json").json["entries"][0]
    assert (entry["contacts"], entry["text"]) == (["Liisa Virtanen"], "likes tea")


def test_a_note_for_a_name_that_is_not_there_can_add_it(full: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("note", "@Zebra_Oy first contact")
    terminals.append(terminal)
    terminal.expect("1  Add Zebra_Oy as a new account")
    terminal.expect("Enter cancels.")
    terminal.type("1")
    terminal.expect("Added the account Zebra Oy.")
    terminal.expect("Noted for Zebra Oy")
    assert terminal.end() == 0


def test_a_note_can_add_a_new_person_at_the_account_it_names(full: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("note", "@acme lunch with @Zebulon")
    terminals.append(terminal)
    terminal.expect("2  Add Zebulon as a new person at Acme Oy")
    terminal.expect("Enter cancels.")
    terminal.type("2")
    terminal.expect("Added Zebulon, Acme Oy.")
    terminal.expect("Noted for Acme Oy, with Zebulon")
    assert terminal.end() == 0


def test_enter_cancels_and_nothing_is_written(full: Kam, terminals: list[AtTerminal]) -> None:
    before = full("history").out
    terminal = AtTerminal("note", "@acne hi")
    terminals.append(terminal)
    terminal.expect("1  Acme Oy")
    terminal.expect("Enter cancels.")
    terminal.type("")
    terminal.expect("Cancelled. Nothing was written.")
    assert terminal.end() == 1
    assert full("history").out == before


def test_an_ambiguous_person_is_asked_for_on_every_word(full: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("contact", "show", "liisa")
    terminals.append(terminal)
    terminal.expect("Enter cancels.")
    terminal.type("1")
    terminal.expect("Liisa Korhonen")
    assert terminal.end() == 0
    assert "Birthday" in terminal.seen


def test_an_ambiguous_reminder_is_asked_for(full: Kam, terminals: list[AtTerminal]) -> None:
    full("remind", "today", "@acme", "sign the contract")
    terminal = AtTerminal("done", "contract")
    terminals.append(terminal)
    terminal.expect("Enter cancels.")
    number = next(
        line.split()[0]
        for line in terminal.seen.splitlines()
        if line.endswith("sign the contract, Sun 22 Nov 2026")
    )
    terminal.type(number)
    terminal.expect("Done: sign the contract")
    assert terminal.end() == 0


@pytest.mark.parametrize(("answer", "count"), [("y", 1), ("n", 0), ("", 0)])
def test_an_import_asks_before_it_writes(
    kam: Kam, terminals: list[AtTerminal], tmp_path: Path, answer: str, count: int
) -> None:
    file = tmp_path / "cards.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Maija Testi\nEND:VCARD\n", "utf-8")
    terminal = AtTerminal("import", str(file))
    terminals.append(terminal)
    terminal.expect("Bring it in? [y/N]")
    terminal.type(answer)
    assert terminal.end() == (0 if count else 1)
    assert len(kam("contact", "list", "--json").json["contacts"]) == count


def test_an_export_asks_before_it_overwrites(full: Kam, terminals: list[AtTerminal], tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text("mine", "utf-8")
    terminal = AtTerminal("export", "--output", str(file))
    terminals.append(terminal)
    terminal.expect("Overwrite it? [y/N]")
    terminal.type("y")
    assert terminal.end() == 0
    assert "Liisa" in file.read_text("utf-8")


def test_the_agenda_has_colours_and_fits_the_terminal(full: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("today", COLUMNS="60")
    terminals.append(terminal)
    assert terminal.end() == 0
    assert "\x1b[31m6 days late\x1b[0m" in terminal.seen
    assert "…" in terminal.seen


def test_a_narrow_list_of_accounts_keeps_names_and_last_contact(
    full: Kam, terminals: list[AtTerminal]
) -> None:
    terminal = AtTerminal("account", "list", COLUMNS="40", NO_COLOR="1")
    terminals.append(terminal)
    assert terminal.end() == 0
    assert "\nNordic Timber Oy  never in touch\n" in terminal.seen


def test_no_color_is_heeded_at_the_terminal(full: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("today", NO_COLOR="1")
    terminals.append(terminal)
    assert terminal.end() == 0
    assert "\x1b" not in terminal.seen


def test_nothing_due_is_said_at_the_terminal(kam: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("today")
    terminals.append(terminal)
    assert terminal.end() == 0
    assert terminal.seen == "Nothing needs you today, nor in the next 7 days.\n"


def test_standard_input_is_typed_until_its_end(full: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("note", "-")
    terminals.append(terminal)
    terminal.type("@acme minutes")
    os.write(terminal.master, b"\x04")
    terminal.expect("Noted for Acme Oy")
    assert terminal.end() == 0


def test_a_terminal_that_draws_nothing_is_asked_for_the_note_plainly(
    full: Kam, terminals: list[AtTerminal]
) -> None:
    terminal = AtTerminal("log", "visit", TERM="dumb")
    terminals.append(terminal)
    terminal.expect("Visit:")
    terminal.type("@acme saw the new hall")
    terminal.expect("Visit for Acme Oy")
    assert terminal.end() == 0
    assert "\x1b" not in terminal.seen
    entry = full("entry", "list", "--json").json["entries"][0]
    assert (entry["kind"], entry["text"]) == ("visit", "saw the new hall")


def test_no_note_is_no_note(full: Kam, terminals: list[AtTerminal]) -> None:
    before = full("history").out
    terminal = AtTerminal("note", TERM="dumb")
    terminals.append(terminal)
    terminal.expect("Note:")
    terminal.type("")
    terminal.expect("Cancelled. Nothing was written.")
    assert terminal.end() == 1
    assert full("history").out == before


def test_ctrl_c_at_a_question_ends_quietly(full: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("note", "@liisa hi")
    terminals.append(terminal)
    terminal.expect("Enter cancels.")
    os.killpg(terminal.process.pid, signal.SIGINT)
    assert terminal.end() == 130
    assert "Traceback" not in terminal.seen


def test_a_reminder_for_several_asks_which_one(full: Kam, terminals: list[AtTerminal]) -> None:
    terminal = AtTerminal("remind", "@liisa", "friday", "lunch")
    terminals.append(terminal)
    terminal.expect("Enter cancels.")
    terminal.type("1")
    terminal.expect("Reminder Fri 27 Nov 2026 · Liisa Korhonen, Acme Oy · lunch")
    assert terminal.end() == 0


def test_a_long_import_is_shown_in_brief_with_all_that_needs_a_look(
    kam: Kam, terminals: list[AtTerminal], tmp_path: Path
) -> None:
    file = tmp_path / "cards.vcf"
    cards = [f"BEGIN:VCARD\nVERSION:3.0\nFN:Person {number:02}\nEND:VCARD\n" for number in range(40)]
    file.write_text("".join(cards) + "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", "utf-8")
    terminal = AtTerminal("import", str(file), COLUMNS="60")
    terminals.append(terminal)
    terminal.expect("… and 20 more; --all lists them all.")
    terminal.expect("Bring it in?")
    terminal.type("n")
    terminal.end()
    assert ("Person 19" in terminal.seen, "Person 20" in terminal.seen) == (True, False)
    assert "The card has neither a name, a company nor a mail address." in terminal.seen


def test_a_passphrase_is_asked_for_and_not_shown(
    full: Kam, terminals: list[AtTerminal], tmp_path: Path
) -> None:
    terminal = AtTerminal("backup", "--passphrase", "--output", str(tmp_path / "mine.zip.age"))
    terminals.append(terminal)
    terminal.expect("New passphrase:")
    terminal.type("open sesame")
    terminal.expect("The same again:")
    terminal.type("open barley")
    terminal.expect("The two are not the same. Nothing was written.")
    assert terminal.end() == 2
    assert "sesame" not in terminal.seen
    assert not list(tmp_path.glob("*.age*"))


def test_a_person_who_asks_for_the_digest_is_told_that_it_is_empty(
    kam: Kam, terminals: list[AtTerminal]
) -> None:
    assert kam("digest").out == ""
    terminal = AtTerminal("digest")
    terminals.append(terminal)
    terminal.expect("nothing needs you")
    assert terminal.end() == 0


def test_an_erasure_asks_for_the_name(full: Kam, terminals: list[AtTerminal]) -> None:
    for typed, code in (("liisa", 1), ("", 1), ("liisa  KORHONEN", 0)):
        terminal = AtTerminal("person", "erase", "liisa k")
        terminals.append(terminal)
        terminal.expect("Type Liisa Korhonen to erase them:")
        terminal.type(typed)
        terminal.expect("Erased a person" if code == 0 else "Cancelled. Nothing was written.")
        assert terminal.end() == code
    assert full("contact", "show", "liisa korhonen").code == 3
