"""Editor: a text in the person's own editor, in a private file that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

from textual.app import App, SuspendNotSupported

from kam_tui.domain.errors import Invalid, KamError, Unwritable
from kam_tui.domain.text import clean
from kam_tui.i18n import _

USUAL = ("sensible-editor", "nano", "vim", "vi")
"""Editors that are looked for where none is set."""


def edit_or_tell(app: App[Any], text: str) -> str | None:
    """A text from the person's editor; None where it stays as it is. What goes wrong is told."""
    try:
        return edit_elsewhere(app, text)
    except KamError as problem:
        said = "\n".join(filter(None, [str(problem), problem.hint]))
        app.notify(clean(said, multiline=True), severity="error", markup=False)
        return None


def edit_elsewhere(app: App[Any], text: str) -> str | None:
    """The text as the person leaves it in their editor, while the screen steps aside; None for no change.

    Raises Invalid where there is no editor, where it fails and where the screen cannot step aside.
    """
    command = editor_command()
    problem: KamError | None = None
    after: str | None = None
    try:
        with app.suspend():
            # What went wrong is raised when the screen is back: Textual does not come back from an error.
            try:
                after = edited(command, text)
            except KamError as raised:
                problem = raised
    except SuspendNotSupported:
        raise Invalid(_("The screen cannot step aside for an editor here.")) from None
    app.refresh(layout=True)
    if problem is not None:
        raise problem
    return after


def editor_command(env: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[str]:
    """The editor and its arguments: `$VISUAL`, `$EDITOR`, else a usual one. Raises Invalid for none."""
    for name in ("VISUAL", "EDITOR"):
        if said := env.get(name, "").strip():
            try:
                return shlex.split(said, posix=platform != "win32")
            except ValueError:
                problem = _("${name} is {text}, whose quotation marks do not end.")
                raise Invalid(problem.format(name=name, text=clean(said))) from None
    usual = ("notepad.exe",) if platform == "win32" else USUAL
    found = next((path for each in usual if (path := shutil.which(each))), None)
    if found is None:
        raise Invalid(_("There is no editor here."), _("Name yours in $EDITOR, such as EDITOR=nano."))
    return [found]


def edited(command: list[str], text: str) -> str | None:
    """What an editor makes of a text; None where it leaves it as it was. Raises Invalid and Unwritable."""
    try:
        with tempfile.TemporaryDirectory(prefix="kam-", ignore_cleanup_errors=True) as folder:
            path = os.path.join(folder, "text.md")
            own = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(own, "w", encoding="utf-8") as file:
                file.write(text + "\n")
            _run([*command, path])
            with open(path, encoding="utf-8", errors="replace", newline="") as file:
                after = clean(file.read(), multiline=True)
    except OSError as problem:
        raise Unwritable(
            _("The text could not be given to the editor: {problem}.").format(
                problem=problem.strerror or problem
            )
        ) from None
    return None if after == clean(text, multiline=True) else after


def _run(command: list[str]) -> None:
    name = clean(command[0])
    try:
        code = subprocess.run(command, check=False).returncode
    except FileNotFoundError:
        raise Invalid(
            _("There is no editor {name} here.").format(name=name), _("Name another one in $EDITOR.")
        ) from None
    except OSError as problem:
        said = _("The editor {name} could not be started: {problem}.")
        raise Invalid(said.format(name=name, problem=problem.strerror)) from None
    if code:
        raise Invalid(
            _("The editor {name} ended with {code}, so nothing was changed.").format(name=name, code=code)
        )
