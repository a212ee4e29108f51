"""A file that a person names: read whole, written whole or not at all and for its owner alone."""

from __future__ import annotations

import errno
import os

from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.text import clean
from kam_tui.i18n import _

LARGEST = 512 * 1024 * 1024
"""Bytes of the largest file that is taken into memory; each format has a limit of its own below it."""


def read_whole(path: str, largest: int = LARGEST) -> bytes:
    """The content of a file. Raises NotFound, and Invalid for what cannot be read or is larger."""
    try:
        with open(path, "rb") as file:
            data = file.read(largest + 1)
    except (FileNotFoundError, ValueError):  # no file has a nought in its name
        raise NotFound(_("There is no file {path}.").format(path=clean(path))) from None
    except OSError as problem:
        raise Invalid(
            _("The file {path} cannot be read: {problem}.").format(path=clean(path), problem=problem.strerror)
        ) from None
    if len(data) > largest:
        raise Invalid(
            _("The file {path} is larger than {size} MB.").format(path=clean(path), size=largest // 1024**2)
        )
    return data


def write_whole(path: str, text: str | bytes, *, synced: bool = True) -> None:
    """Put `text` (as UTF-8) in the place of what is at `path`, in one step; a link stays one.

    Not `synced`, the disk is not waited for: a power cut may leave nothing of it.
    Raises OSError, also for a device or a pipe, which is nothing to take the place of.
    """
    path = os.path.realpath(path)
    if os.path.lexists(path) and not os.path.isfile(path):
        raise OSError(errno.EINVAL, _("it is no plain file"))
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    put_in_place(path, text.encode() if isinstance(text, str) else text, synced=synced)


def put_in_place(path: str, data: bytes, *, synced: bool = True) -> None:
    """A file of these bytes, which takes the place of the one at `path` when all of it is written. Raises
    OSError, and then all is as it was."""
    import tempfile  # not loaded where nothing is written

    fd, own = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".kam-")  # with mode 0600
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            if synced:
                file.flush()
                os.fsync(file.fileno())
        os.replace(own, path)
    except BaseException:
        os.unlink(own)
        raise
