"""What the book says is opened as an address or not at all: never as a path, an option or a command."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from kam_tui.delivery import opening
from kam_tui.delivery.opening import bare, call_address, has_desktop, mail_address, open_address, page_address
from kam_tui.domain.errors import NotSent


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("anna@acme.example", "mailto:anna@acme.example"),
        ("mailto:anna@acme.example", "mailto:anna@acme.example"),
        ("anna+offers@acme.example", "mailto:anna+offers@acme.example"),
        ("a@b.fi?bcc=all@b.fi&body=x", ""),
        ("a@b.fi?bcc=all", "mailto:a@b.fi%3Fbcc%3Dall"),
        ("anna", ""),
        ("--help", ""),
    ],
)
def test_a_mail_address_holds_nothing_but_the_address(text: str, address: str) -> None:
    assert mail_address(text) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("+358 40 555 0101", "tel:+358405550101"),
        ("+44 (0)20 7946 0000", "tel:+442079460000"),
        ("(09) 123-456 ext 5", "tel:09123456"),
        ("*100#", "tel:*100%23"),
        ("n/a", ""),
        ("-1", ""),
    ],
)
def test_a_telephone_number_is_dialled_without_its_ornaments(text: str, address: str) -> None:
    assert call_address(text) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("acme.example", "https://acme.example"),
        ("http://acme.example/a?b=c&d#e", "http://acme.example/a?b=c&d#e"),
        ("HTTPS://Acme.Example/%20x", "https://acme.example/%20x"),
        ("https://köln.example/päth", "https://xn--kln-sna.example/p%C3%A4th"),
        ("acme.example:8080/x", "https://acme.example:8080/x"),
        ("https://[::1]/x", "https://[::1]/x"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("/etc/passwd", ""),
        ("../x.desktop", ""),
        ("-h", ""),
        ("https://bank.example@evil.example", ""),
        ("http://", ""),
        ("http://x.example:99999", ""),
        ("two words.example", ""),
        ("", ""),
    ],
)
def test_only_pages_are_pages(text: str, address: str) -> None:
    assert page_address(text) == address


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (mail_address("liisa+x@acme.example"), "liisa+x@acme.example"),
        (call_address("+358 40 555 0101"), "+358405550101"),
        ("https://acme.example/a%20b", "https://acme.example/a%20b"),
    ],
)
def test_an_address_is_told_bare_as_a_person_types_it(address: str, told: str) -> None:
    assert bare(address) == told


@tries(max_examples=200)
@given(st.text(max_size=40))
def test_no_text_becomes_anything_but_an_encoded_address(text: str) -> None:
    for make in (mail_address, call_address, page_address):
        address = make(text)
        if address:
            assert address.partition(":")[0] in opening.SCHEMES
            assert address.isascii()
            assert address.isprintable()
            assert not set(" \"'`|<>\\^{}") & set(address.replace("'", "")), address


@pytest.mark.parametrize(
    ("platform", "env", "has"),
    [
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, True),
        ("linux", {"SSH_CONNECTION": "1"}, False),
        ("linux", {}, False),
        ("darwin", {}, True),
        ("darwin", {"SSH_CONNECTION": "1"}, False),
    ],
)
def test_where_there_is_a_desktop(platform: str, env: dict[str, str], has: bool) -> None:
    assert has_desktop(platform, env) is has


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program to open things with, which notes what it is given; it is put in the place of all others."""
    file = tmp_path / "bin" / "xdg-open"
    file.parent.mkdir()
    file.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" > "{tmp_path}/given"\nexit "${{CODE:-0}}"\n', "utf-8"
    )
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{file.parent}{os.pathsep}/bin{os.pathsep}/usr/bin")
    return tmp_path / "given"


def test_the_program_is_given_the_address_as_one_word(program: Path) -> None:
    open_address("https://acme.example/?a=b&c=$(d)", "linux")
    assert program.read_text("utf-8").split("\n")[:2] == ["1", "https://acme.example/?a=b&c=$(d)"]


def test_a_program_that_fails_is_told(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODE", "3")
    with pytest.raises(NotSent, match="xdg-open ended with 3") as told:
        open_address("tel:112", "linux")
    assert told.value.hint


def test_no_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotSent, match="there is no xdg-open here"):
        open_address("tel:112", "linux")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "--help", "/bin/sh", "javascript:x"])
def test_nothing_else_is_ever_opened(program: Path, address: str) -> None:
    with pytest.raises(NotSent):
        open_address(address, "linux")
    assert not program.exists()
