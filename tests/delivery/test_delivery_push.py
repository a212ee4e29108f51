"""apprise as a channel, to a real server on this computer: what goes, what fails, no secret told."""

from __future__ import annotations

import json
import sys
import threading
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from shell_run import Kam

from kam_tui.delivery.channels import called, read_channels
from kam_tui.delivery.push import addresses_of, push, scheme_of
from kam_tui.domain.errors import Invalid, NotSent
from kam_tui.domain.letter import Letter
from kam_tui.paths import state_folder

LETTER = Letter("Tue 24 Nov: 1 thing needs you", "Call Liisa\n")
SECRET = "tokenQ7x9"


class Service(ThreadingHTTPServer):
    """A service that takes JSON; it refuses what goes to `/refused`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taker)
        self.taken: list[dict[str, Any]] = []

    def address(self, path: str = SECRET) -> str:
        return f"json://kam:{SECRET}@127.0.0.1:{self.server_address[1]}/{path}"


class Taker(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Service)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_refused = "refused" in self.path
        if not is_refused:
            self.server.taken.append(body)
        self.send_response(403 if is_refused else 200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """apprise loads modules of Python that are going away, which is no fault of kam's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import apprise

        assert apprise.Apprise().add("json://localhost")


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield service
    service.shutdown()
    service.server_close()
    thread.join()


def settings(book: Path, service: Service, *paths: str) -> None:
    """A command that prints these addresses, as the settings have it."""
    addresses = book.parent / "addresses"
    addresses.write_text("# mine\n\n" + "".join(f"{service.address(path)}\n" for path in paths), "utf-8")
    (book.parent / "config.toml").write_text(f'apprise_command = "cat {addresses}"\n', "utf-8")


def test_every_address_takes_the_subject_and_the_text(service: Service) -> None:
    push(LETTER, [service.address(), service.address("other")])
    assert [(each["title"], each["message"]) for each in service.taken] == [
        ("Tue 24 Nov: 1 thing needs you", "Call Liisa")
    ] * 2


def test_one_that_refuses_is_told_without_its_secret_and_the_others_have_it(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NotSent) as caught:
        push(LETTER, [service.address(f"refused/{SECRET}"), service.address()])
    said = str(caught.value)
    assert said.startswith("apprise could not send it: json: ")
    assert "403" in said or "Forbidden" in said
    assert SECRET not in said
    assert len(service.taken) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


def test_what_is_no_address_is_told_by_its_number_before_anything_goes(service: Service) -> None:
    for wrong in (f"nonsense://{SECRET}", SECRET, ""):
        with pytest.raises(Invalid) as caught:
            push(LETTER, [service.address(), wrong])
        assert str(caught.value).startswith("Address 2 of apprise")
        assert SECRET not in str(caught.value) + caught.value.hint
    assert service.taken == []


def test_without_apprise_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(Invalid) as caught:
        push(LETTER, ["json://localhost"])
    assert "not installed" in str(caught.value)
    assert caught.value.hint == "pip install 'kam-tui[apprise]' brings it."


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("", "Nobody can be asked for the addresses of apprise."),
        ("cat /nowhere/at/all", "could not be had from cat: "),
        ("echo '# none'", "could not be had from echo: it printed nothing."),
        ("no-such-program-here", "could not be had from no-such-program-here: "),
        ('echo "', "Setting apprise_command: its quotes do not match."),
    ],
)
def test_a_command_that_tells_no_address_is_told_in_a_sentence(command: str, said: str) -> None:
    with pytest.raises((Invalid, NotSent)) as caught:
        addresses_of(command)
    assert said in str(caught.value)


def test_an_address_goes_by_its_scheme_and_a_short_mark() -> None:
    (channel,) = read_channels(f"apprise:tgram://{SECRET}/1")
    assert called(channel).startswith("apprise:tgram://")
    assert SECRET not in called(channel)
    assert called(channel) != called("apprise:tgram://other/1")
    assert [called(name) for name in ("mail", "apprise", "file:/x")] == ["mail", "apprise", "file:/x"]
    assert scheme_of(SECRET) == scheme_of(f"{SECRET} ://x") == ""


@pytest.mark.parametrize(
    "text", [f"tgram://{SECRET}/1", f"apprise:mailto://a@example.com?to=b@example.com,{SECRET}@example.com"]
)
def test_a_slip_of_the_pen_tells_no_secret(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_channels(text)
    assert SECRET not in str(caught.value) + caught.value.hint


def test_the_digest_goes_once_a_day_and_the_state_and_the_doctor_hold_no_secret(
    full: Kam, book: Path, service: Service
) -> None:
    settings(book, service, SECRET)
    for channel in ("apprise", f"apprise:{service.address('direct')}"):
        for _again in range(2):
            ran = full("digest", "--send", channel)
            assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert len(service.taken) == 2
    assert service.taken[0]["title"].startswith("Sun 22 Nov: ")
    state = "".join(file.read_text("utf-8") for file in Path(state_folder()).rglob("sent.json"))
    assert '"apprise"' in state
    assert '"apprise:json://' in state
    assert SECRET not in state
    told = full("doctor").out
    assert "The last digest by apprise went on Sun 22 Nov 2026" in told
    assert "The last digest by apprise:json://" in told
    assert SECRET not in told


def test_what_was_refused_goes_with_the_next_run(full: Kam, book: Path, service: Service) -> None:
    settings(book, service, "refused")
    ran = full("digest", "--send", "apprise")
    assert ran.code == 1
    assert SECRET not in ran.err
    settings(book, service, "well")
    assert full("digest", "--send", "apprise").code == 0
    assert len(service.taken) == 1


def test_an_address_stands_neither_in_a_timer_nor_in_the_settings(full: Kam, book: Path) -> None:
    for how in ("--print", "--install"):
        ran = full("schedule", how, "--channel", f"apprise:json://{SECRET}")
        assert ran.code == 2
        assert SECRET not in ran.out + ran.err
    assert "--send apprise" in full("schedule", "--print", "--channel", "apprise").out
    (book.parent / "config.toml").write_text(f'channels = "apprise:json://{SECRET}"\n', "utf-8")
    ran = full("config")
    assert ran.code == 2
    assert SECRET not in ran.out + ran.err


def test_a_test_goes_by_it(full: Kam, book: Path, service: Service) -> None:
    settings(book, service, SECRET)
    assert full("schedule", "--test", "--channel", "apprise").out == "The test went by apprise.\n"
    ran = full("schedule", "--test", "--channel", f"apprise:{service.address()}")
    assert SECRET not in ran.out
    assert [each["title"] for each in service.taken] == ["A test of kam"] * 2
