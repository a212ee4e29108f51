"""Writing a file whole or not at all, for its owner alone."""

from __future__ import annotations

import errno
import os

from kam_tui.i18n import _


def write_whole(path: str, text: str | bytes) -> None:
    """Put `text` (as UTF-8) in the place of what is at `path`, in one step; a link stays one.

    Raises OSError, also for a device or a pipe, which is nothing to take the place of.
    """
    import tempfile  # not loaded where nothing is written

    path = os.path.realpath(path)
    if os.path.lexists(path) and not os.path.isfile(path):
        raise OSError(errno.EINVAL, _("it is no plain file"))
    folder = os.path.dirname(os.path.abspath(path))
    os.makedirs(folder, mode=0o700, exist_ok=True)
    fd, own = tempfile.mkstemp(dir=folder, prefix=".kam-")  # with mode 0600
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(own, path)
    except BaseException:
        os.unlink(own)
        raise
