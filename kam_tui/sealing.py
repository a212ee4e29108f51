"""Sealing: bytes that only a key or a passphrase opens, in the age format (age-encryption.org/v1).

The one home of `pyrage`, an extra that is loaded when something is sealed or opened.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Any

from kam_tui.domain.errors import Damaged, Invalid
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _

Seal = Callable[[bytes], bytes]
"""Makes bytes unreadable for all but who has the key."""

_BINARY, _TEXT = b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----"
_PASSPHRASE = b"\n-> scrypt "
_HEAD = 4096


def is_sealed(data: bytes) -> bool:
    """Whether these bytes are an age file, binary or as text (RFC 7468 armour)."""
    return data.startswith((_BINARY, _TEXT))


def wants_passphrase(data: bytes) -> bool:
    """Whether a sealed file takes a passphrase, and no key."""
    head = data[:_HEAD]
    if head.startswith(_TEXT):
        lines = head.splitlines()[1:-1]
        try:
            head = base64.b64decode(b"".join(line for line in lines if len(line) == 64))
        except binascii.Error:
            return False
    return _PASSPHRASE in head


def for_recipients(texts: Iterable[str]) -> Seal:
    """Seals for all of these: `age1…` or the public half of an SSH key (`ssh-ed25519 …`, `ssh-rsa …`).

    What is sealed cannot be opened again without a key of theirs, by kam neither. Raises Invalid for
    what is no recipient.
    """
    pyrage = _pyrage()
    recipients = [_recipient(pyrage, text) for text in texts]
    if not recipients:
        raise Invalid(_("There is no recipient to seal it for."), _one_is())
    return lambda data: bytes(pyrage.encrypt(data, recipients))


def with_passphrase(passphrase: str) -> Seal:
    """Seals with a passphrase, and sees that it opens again. Raises Invalid for an empty one."""
    if not passphrase:
        raise Invalid(_("An empty passphrase seals nothing."))
    pyrage = _pyrage()

    def seal(data: bytes) -> bytes:
        sealed = bytes(pyrage.passphrase.encrypt(data, passphrase))
        if open_with_passphrase(sealed, passphrase) != data:
            raise Damaged(_("What was sealed does not open again."), _("Nothing was written."))
        return sealed

    return seal


def open_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """What was sealed with a passphrase. Raises Invalid for a wrong one, Damaged."""
    pyrage = _pyrage()
    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError as problem:
        if "Decryption failed" in str(problem):
            raise Invalid(_("The passphrase does not open it."), _("Look at capitals and spaces.")) from None
        if "work parameter" in str(problem):
            raise Invalid(_("It was sealed in a way that takes too long to open here.")) from None
        raise _damaged() from None


def open_with_keys(data: bytes, keys: bytes) -> bytes:
    """What was sealed for a recipient. `keys` is a file of lines `AGE-SECRET-KEY-1…`, or an SSH private key.

    Raises Invalid where none of the keys opens it, or there is none in the file; Damaged.
    """
    pyrage = _pyrage()
    identities = _identities(pyrage, keys)
    try:
        return bytes(pyrage.decrypt(data, identities))
    except pyrage.DecryptError as problem:
        if "No matching keys" in str(problem):
            raise Invalid(
                _("The key does not open it: it was sealed for somebody else."),
                _("Give the file of another key with --identity."),
            ) from None
        raise _damaged() from None


def _recipient(pyrage: Any, text: str) -> Any:
    text = text.strip()
    kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise Invalid(
            _("{text} is no recipient that kam can seal for.").format(text=shorten(clean(text), 60)),
            _one_is(),
        ) from None


def _identities(pyrage: Any, keys: bytes) -> list[Any]:
    try:
        if keys.lstrip().startswith(b"-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(keys)]
        lines = [line.strip() for line in keys.decode().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and line[0] != "#"]
    except pyrage.IdentityError as problem:
        if "must be decrypted" in str(problem):
            raise Invalid(
                _("The SSH key has a passphrase of its own, which kam cannot ask for."),
                _("Open the file with age itself: age --decrypt --identity KEY FILE."),
            ) from None
        found = []
    except UnicodeDecodeError:
        found = []
    if not found:
        raise Invalid(
            _("The file given with --identity holds no key."),
            _("It is a file of lines AGE-SECRET-KEY-1…, or the private half of an SSH key (ed25519, rsa)."),
        )
    return found


def _one_is() -> str:
    return _("One is a line such as age1…, ssh-ed25519 … or ssh-rsa ….")


def _damaged() -> Damaged:
    return Damaged(_("The sealed file is damaged: it is not as it was written."), _("Nothing was changed."))


def _pyrage() -> Any:
    try:
        import pyrage
    except ImportError:
        raise Invalid(
            _("Sealed files need the extra crypt, which is not installed."),
            _('Install it beside kam: pip install "kam-tui[crypt]"'),
        ) from None
    return pyrage
