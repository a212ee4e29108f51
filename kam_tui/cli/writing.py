"""A note that is written when `kam note` is given none: in a line that reads along, else plainly."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from kam_tui.cli import diagnostics
from kam_tui.cli.shell import Shell
from kam_tui.domain.activity import ACTIVITY_KINDS, NOTE
from kam_tui.domain.errors import Invalid, KamError, NotFound
from kam_tui.domain.text import clean
from kam_tui.i18n import _


def write_line(shell: Shell, kind: str, template: str, keep: Callable[[str, str], int]) -> int:
    """Let the person at the terminal write a line, and `keep` it with its kind. Raises Cancelled for none.

    Raises NotFound for a template that is not in the settings.
    """
    if template:
        _line_of(shell, template)
    if not _can_draw():
        text = diagnostics.ask(_(ACTIVITY_KINDS[kind].label) + ":")
        if not text:
            raise diagnostics.Cancelled
        return keep(*(fill(shell, template, text, kind) if template else (text, kind)))
    from kam_tui.tui.inline import InlineNote

    note = InlineNote(shell.session, kind, template)
    written = note.ask()
    if written is None:
        raise diagnostics.Cancelled
    try:
        code = keep(*written)
    except KamError:
        note.refused(*written)
        raise
    note.saved(*written)
    return code


def fill(shell: Shell, name: str, text: str, kind: str) -> tuple[str, str]:
    """A template of the settings with a text in its blanks, and the kind of activity that it is.

    Raises NotFound for none of this name, and Invalid where it does not say whom it is about.
    """
    from kam_tui.domain import template

    session = shell.session
    filled = template.fill(_line_of(shell, name), session.read(), session.now().date(), text)
    if template.WHO in filled.left:
        raise Invalid(
            _("The template {name} is about somebody, and the text names nobody.").format(name=clean(name)),
            _("Write it like kam note --template {name} @acme what happened.").format(name=clean(name)),
        )
    return filled.line, template.kind_of(name) or kind if kind == NOTE else kind


def _line_of(shell: Shell, name: str) -> str:
    known = shell.session.settings.templates
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name, known, 3)
        hint = _("The settings have these: {names}.").format(names=", ".join(known)) if known else ""
        raise NotFound(
            _("The settings have no template {name}.").format(name=clean(name)),
            "" if near else hint or _("Write one in the settings, under [templates]."),
            near,
        )
    return known[name]


def _can_draw() -> bool:
    """Whether lines of this terminal can be drawn anew."""
    return sys.platform != "win32" and os.environ.get("TERM", "dumb") not in ("", "dumb", "unknown")
