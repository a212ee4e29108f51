"""Sealed bytes: opened by whom they were sealed for and nobody else; whatever is wrong is told whole."""

from __future__ import annotations

import base64
import builtins
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import encrypt, x25519

from kam_tui import sealing
from kam_tui.domain.errors import Damaged, Invalid

TEXT = b"Name,Email\nPekka Koe,pekka@koe.example\n"
PASSPHRASE = "open sesame"

SEALED = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBiRDhnVlU0YkMyc0FlNUErbUcvbjB3IDIKS1BOV1c2ZVFzSitod0pPeUVM"
    "VVRjSTZyUTVWVDV3ZHMzTERzUHk2TG52SQotLS0gbEhnOW40dkQ5QXJNNTBrVVJGSmtKbXhXK09aWGE2b3pTVUhtMmFUK3JwQQoa"
    "HWmJjeBwwP3VEgw1PH5NJOmv+eDmpHUWdKFpF31Wpinxd3+ORhQYBfO8ya91dw0g2xNvCHyK8Eg7LGlauzP4v1W9NajpbA=="
)
"""`TEXT` under `PASSPHRASE`, with so little work that it opens at once."""

SSH_PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA0yRS0rDvBdc3N0npj5fN5rZIM1DUYi/RKI+Pl+dzLX test"
SSH_PRIVATE = b"""\
-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
QyNTUxOQAAACANMkUtKw7wXXNzdJ6Y+Xzea2SDNQ1GIv0SiPj5fncy1wAAAIhL0OMrS9Dj
KwAAAAtzc2gtZWQyNTUxOQAAACANMkUtKw7wXXNzdJ6Y+Xzea2SDNQ1GIv0SiPj5fncy1w
AAAEB3UUsUl+7lw/TthZGBbo7g4K/QM/jyE4c4ybFSHDhCNA0yRS0rDvBdc3N0npj5fN5r
ZIM1DUYi/RKI+Pl+dzLXAAAABHRlc3QB
-----END OPENSSH PRIVATE KEY-----
"""
"""A key made for these tests."""

SSH_LOCKED = b"""\
-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABDw6xgqQk
AAqDNPXuMbb4EAAAAAEAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIOAu5ttydVmSFjCF
ancjnU3B7Gcp3Y73GVU1CMNJRNcWAAAAkKwvWEgBN1gdUCMUXZjfJsUBKYqosLa/bW69ho
hwu7Ws/G3NbtT8yCtIds3pxzSOzRbhMhPqFXjfQK/7PS5jJBIpcaqLZ9do5Xzv84eGfZWJ
B8uDp8OclGOdGxSFNnVZWnrPW0s6+Suyc+PlkXDz19V1WzjMONBb0u0DTThmWxzjbzT+JN
X3NPUiGdPeRcj13A==
-----END OPENSSH PRIVATE KEY-----
"""
"""One that has a passphrase of its own."""


@pytest.fixture
def key() -> Any:
    return x25519.Identity.generate()


def armoured(data: bytes) -> bytes:
    text = base64.b64encode(data)
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    head, end = b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----"
    return b"\n".join([head, *lines, end, b""])


def test_a_recipient_opens_what_was_sealed_for_them_and_others_do_not(key: Any) -> None:
    sealed = sealing.for_recipients([str(key.to_public())])(TEXT)
    assert sealing.is_sealed(sealed)
    assert not sealing.wants_passphrase(sealed)
    assert TEXT not in sealed
    assert sealing.open_with_keys(sealed, f"# mine\n\n{key}\n".encode()) == TEXT
    with pytest.raises(Invalid, match="sealed for somebody else"):
        sealing.open_with_keys(sealed, str(x25519.Identity.generate()).encode())


def test_each_of_several_recipients_opens_it(key: Any) -> None:
    other = x25519.Identity.generate()
    sealed = sealing.for_recipients([str(key.to_public()), f" {other.to_public()} ", f" {SSH_PUBLIC}"])(TEXT)
    for keys in (str(key).encode(), str(other).encode(), SSH_PRIVATE, f"{other}\n{key}".encode()):
        assert sealing.open_with_keys(sealed, keys) == TEXT


def test_an_ssh_key_with_a_passphrase_is_told(key: Any) -> None:
    sealed = sealing.for_recipients([SSH_PUBLIC])(TEXT)
    with pytest.raises(Invalid, match="The SSH key has a passphrase of its own"):
        sealing.open_with_keys(sealed, SSH_LOCKED)


@pytest.mark.parametrize(
    "keys", [b"", b"# nothing\n", b"hello", b"\xff\xfe", b"-----BEGIN OPENSSH PRIVATE KEY-----\n"]
)
def test_a_file_without_a_key_is_told(key: Any, keys: bytes) -> None:
    sealed = sealing.for_recipients([str(key.to_public())])(TEXT)
    with pytest.raises(Invalid, match="holds no key"):
        sealing.open_with_keys(sealed, keys)


@pytest.mark.parametrize(
    "text", ["", "age1nobody", "anna@example.com", "ssh-dss AAAA", "ssh-ed25519", "AGE-SECRET-KEY-1"]
)
def test_what_is_no_recipient_is_told(text: str) -> None:
    with pytest.raises(Invalid, match="is no recipient that kam can seal for"):
        sealing.for_recipients([text])


def test_nobody_to_seal_for_is_told() -> None:
    with pytest.raises(Invalid, match="There is no recipient"):
        sealing.for_recipients([])


def test_a_passphrase_opens_what_it_sealed() -> None:
    for sealed in (SEALED, armoured(SEALED)):
        assert sealing.is_sealed(sealed)
        assert sealing.wants_passphrase(sealed)
        assert sealing.open_with_passphrase(sealed, PASSPHRASE) == TEXT
        with pytest.raises(Invalid, match="The passphrase does not open it"):
            sealing.open_with_passphrase(sealed, "open barley")


def test_what_is_sealed_with_a_passphrase_is_opened_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # The library takes a second or two for each, on purpose: here a file stands for what it makes.
    import pyrage

    monkeypatch.setattr(pyrage.passphrase, "encrypt", lambda _data, _passphrase: SEALED)
    assert sealing.with_passphrase(PASSPHRASE)(TEXT) == SEALED
    with pytest.raises(Damaged, match="does not open again"):
        sealing.with_passphrase(PASSPHRASE)(b"something else")


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(Invalid, match="An empty passphrase seals nothing"):
        sealing.with_passphrase("")


def test_a_file_as_text_says_for_whom_it_is(key: Any) -> None:
    sealed = bytes(encrypt(TEXT, [key.to_public()], armored=True))
    assert sealing.is_sealed(sealed)
    assert not sealing.wants_passphrase(sealed)
    assert sealing.open_with_keys(sealed, str(key).encode()) == TEXT
    assert not sealing.wants_passphrase(b"-----BEGIN AGE ENCRYPTED FILE-----\n" + b"*" * 63 + b"A\n*\n")


def test_work_without_end_is_refused() -> None:
    with pytest.raises(Invalid, match="takes too long to open"):
        sealing.open_with_passphrase(SEALED.replace(b" 2\n", b" 40\n"), PASSPHRASE)


def test_other_bytes_are_not_sealed() -> None:
    assert not any(map(sealing.is_sealed, (b"", b"PK", TEXT, b" age-encryption.org/v1")))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255), st.booleans())
def test_a_damaged_one_is_never_opened(at: int, bit: int, cut: bool) -> None:
    broken = bytearray(SEALED)
    broken[at] ^= bit
    with pytest.raises((Invalid, Damaged)):
        sealing.open_with_passphrase(bytes(broken[:at] if cut else broken), PASSPHRASE)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name == "pyrage":
            raise ImportError(name)
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    for act in (
        lambda: sealing.for_recipients(["age1"]),
        lambda: sealing.with_passphrase("x"),
        lambda: sealing.open_with_passphrase(SEALED, "x"),
        lambda: sealing.open_with_keys(SEALED, b"x"),
    ):
        with pytest.raises(Invalid, match="need the extra crypt, which is not installed") as told:
            act()
        assert "kam-tui[crypt]" in told.value.hint
