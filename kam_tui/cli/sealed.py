"""Sealed files: who they are sealed for, and how a person opens one. The flags of every word that does."""

from __future__ import annotations

import argparse
import os

from kam_tui.cli import diagnostics, files
from kam_tui.cli.shell import Arguments
from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.sealing import Seal, is_sealed

ENDING = ".age"
"""How the name of a sealed file ends."""

VARIABLE = "KAM_PASSPHRASE"
"""The environment variable that holds a passphrase, for scripts."""


def seal_flags(parser: argparse.ArgumentParser) -> None:
    """Flags by which a file is sealed."""
    parser.add_argument(
        "--encrypt",
        action="append",
        default=[],
        metavar=_("RECIPIENT"),
        help=_("seal it for age1…, an SSH public key, or a file of such lines; may be given several times"),
    )
    parser.add_argument(
        "--passphrase", action="store_true", help=_("seal it with a passphrase ($KAM_PASSPHRASE, or asked)")
    )


def open_flags(parser: argparse.ArgumentParser) -> None:
    """Flags by which a sealed file is opened."""
    parser.add_argument(
        "--identity", default="", metavar=_("FILE"), help=_("the key of a sealed file: age's own, or of SSH")
    )


def seal_of(args: Arguments) -> Seal | None:
    """What the person wants a file to be sealed with; None for not at all. Raises Invalid."""
    if args.encrypt and args.passphrase:
        raise Invalid(_("A file is sealed for a recipient or with a passphrase, not both."))
    from kam_tui import sealing

    if args.passphrase:
        return sealing.with_passphrase(_new_passphrase())
    if args.encrypt:
        return sealing.for_recipients(line for text in args.encrypt for line in _recipients(text))
    return None


def opened(data: bytes, name: str, identity: str = "") -> bytes:
    """The content of a file that may be sealed. Asks for what opens it. Raises Invalid, Damaged."""
    if not is_sealed(data):
        return data
    from kam_tui import sealing

    if sealing.wants_passphrase(data):
        return sealing.open_with_passphrase(data, _passphrase_of(name))
    if not identity:
        raise Invalid(
            _("{name} is sealed for a key.").format(name=clean(name)),
            _("Give the file of that key with --identity."),
        )
    return sealing.open_with_keys(data, files.read(identity))


def unsealed_name(name: str) -> str:
    """The name of a file without the ending that a sealed one has."""
    return name[: -len(ENDING)] if name.casefold().endswith(ENDING) else name


def refuse_unsealed(target: str, seal: Seal | None) -> None:
    """Raise Invalid where a file would be called sealed, and would not be."""
    if target.casefold().endswith(ENDING) and seal is None:
        raise Invalid(
            _("{path} would be called sealed, and is not.").format(path=clean(target)),
            _("Say --encrypt RECIPIENT or --passphrase, or give a name without .age."),
        )


def _recipients(text: str) -> list[str]:
    if text.startswith(("age1", "ssh-")):
        return [text]
    lines = files.read(text).decode("utf-8", "replace").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _passphrase_of(name: str) -> str:
    return os.environ.get(VARIABLE) or _asked(_("Passphrase of {name}:").format(name=name))


def _new_passphrase() -> str:
    known = os.environ.get(VARIABLE)
    if known:
        return known
    passphrase = _asked(_("New passphrase:"))
    if _asked(_("The same again:")) != passphrase:
        raise Invalid(_("The two are not the same. Nothing was written."))
    return passphrase


def _asked(question: str) -> str:
    if not diagnostics.can_ask():
        raise Invalid(
            _("A passphrase is needed, and nobody can be asked here."),
            _("Put it in ${variable}.").format(variable=VARIABLE),
        )
    passphrase = diagnostics.ask_secret(question)
    if not passphrase:
        raise diagnostics.Cancelled
    return passphrase
