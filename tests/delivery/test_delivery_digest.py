"""The daily digest, from the book to a real mail server, as the shell sends it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from post_office import free_port, office_that_goes, open_office
from shell_run import Kam

from kam_tui.delivery.outbox import Outbox


@pytest.fixture
def port(book: Path) -> int:
    """A port that the settings send mail to."""
    port = free_port()
    text = f'mail_server = "127.0.0.1:{port}"\nmail_security = "none"\nmail_to = "anna@example.com"\n'
    (book.parent / "config.toml").write_text(text, "utf-8")
    return port


def test_it_comes_by_mail_once_and_tells_the_next_time_what_was_missed(
    full: Kam, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_office(port) as box:
        for _again in range(2):
            assert full("digest", "--send", "mail").code == 0
        full("remind", "@acme", "2026-11-24", "send the drawings")
        monkeypatch.setenv("KAM_NOW", "2026-11-26T07:30")
        assert full("digest", "--send", "mail").code == 0
    first, second = box.mails
    assert first["Subject"].startswith("Sun 22 Nov: ")
    assert first["Message-ID"] != second["Message-ID"]
    text = second.get_body(("plain",))
    assert text is not None
    head, _missed, tail = text.get_content().partition("Missed since Sun 22 Nov")
    assert "send the drawings" in tail
    assert "send the drawings" not in head
    assert second.get_body(("html",)) is not None


def test_a_server_that_refuses_gets_it_with_the_next_run(full: Kam, port: int) -> None:
    with open_office(port, {"DATA": "451 4.3.0 Try later"}):
        ran = full("digest", "--send", "mail")
    assert ran.code == 1
    assert ran.err.startswith(f"The mail did not go through 127.0.0.1:{port}: it said 451 4.3.0 Try later.\n")
    with open_office(port) as box:
        assert full("digest", "--send", "mail").code == 0
    assert len(box.mails) == 1


def test_a_server_that_goes_in_the_middle_of_the_mail_gets_it_with_the_next_run(full: Kam, port: int) -> None:
    with office_that_goes(port):
        ran = full("digest", "--send", "mail")
    assert (ran.code, "it hung up before it said that it has the mail.\n" in ran.err) == (1, True)
    with open_office(port) as box:
        assert full("digest", "--send", "mail").code == 0
    assert len(box.mails) == 1


def test_a_crash_before_it_is_marked_sends_the_same_mail_again_and_loses_nothing(
    full: Kam, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object) -> None:
        raise KeyboardInterrupt

    with open_office(port) as box:
        with monkeypatch.context() as patch:
            patch.setattr(Outbox, "mark_digest", crash)
            assert full("digest", "--send", "mail").code == 130
        for _again in range(2):
            assert full("digest", "--send", "mail").code == 0
        assert full("digest", "--send", "mail", "--force").code == 0
    one, two, forced = (mail["Message-ID"] for mail in box.mails)
    assert one == two != forced


def test_of_timers_that_run_at_once_one_sends(full: Kam, port: int, book: Path) -> None:
    command = [sys.executable, "-m", "kam_tui", "digest", "--send", "mail"]
    with open_office(port) as box:
        running = [subprocess.Popen(command, env=os.environ) for _each in range(3)]
        assert [each.wait(60) for each in running] == [0, 0, 0]
    assert len(box.mails) == 1
