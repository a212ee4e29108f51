"""Places: what follows from where a book's folder is: who else may read it, and what else writes it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator

from kam_tui.i18n import _
from kam_tui.store import files

_NAMED = (
    (r"Dropbox( \(.+\))?|Dropbox-.+", "Dropbox"),
    (r"OneDrive([ -].+)?", "OneDrive"),
    (r"Mobile Documents|com~apple~CloudDocs|iCloudDrive", "iCloud Drive"),
    (r"Google ?Drive(-.+)?|My Drive", "Google Drive"),
    (r"Nextcloud\d*", "Nextcloud"),
    (r"ownCloud\d*", "ownCloud"),
    (r"pCloud ?(Drive|Sync)", "pCloud"),
    (r"Box( Sync|-Box)?", "Box"),
    (r"MEGA(sync)?", "MEGA"),
    (r"Proton ?Drive(-.+)?", "Proton Drive"),
    (r"Seafile", "Seafile"),
    (r"SynologyDrive|CloudStation", "Synology Drive"),
    (r"Tresorit", "Tresorit"),
)
"""How the folders are called that sync tools keep, whole names of them; and the tools."""

_MARKED = (
    (r"\.dropbox\.cache", "Dropbox"),
    (r"\.stfolder", "Syncthing"),
    (r"\._?sync_[0-9a-f]+\.db", "Nextcloud"),
    (r"\.owncloudsync\.log", "ownCloud"),
    (r"\.tmp\.drive(down|up)load", "Google Drive"),
    (r"\.SynologyWorkingDirectory", "Synology Drive"),
)
"""What sync tools put into the folders they keep."""

_NETWORKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "fuse.sshfs", "fuse.rclone", "9p"}


def sync_tool(path: str) -> str:
    """The tool that keeps a folder the same on several machines, told by the names of the folders it is
    in and of what lies there; empty where there is none that kam knows."""
    place = os.path.realpath(path)
    for name in place.split(os.sep):
        for pattern, tool in _NAMED:
            if re.fullmatch(pattern, name):
                return tool
    while True:
        for name in _names(place):
            for pattern, tool in _MARKED:
                if name.startswith(".") and re.fullmatch(pattern, name):
                    return tool
        above = os.path.dirname(place)
        if above == place:
            return ""
        place = above


def network_of(path: str) -> str:
    """The kind of network file system a folder is on (`nfs4`); empty where it is on none, or not told."""
    place = os.path.realpath(path)
    found = ("", "")
    for point, kind in _mounts():
        if (place + os.sep).startswith(point.rstrip(os.sep) + os.sep) and len(point) >= len(found[0]):
            found = point, kind
    return found[1] if found[1] in _NETWORKS else ""


def is_open_to_others(path: str) -> bool:
    """Whether others on this computer may read or write what is there; False where the system keeps no
    such rights, and where there is nothing."""
    mode = files.mode(path) if os.name == "posix" else None
    return mode is not None and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))


def remarks(path: str) -> Iterator[str]:
    """What somebody should know who keeps a book in this folder."""
    if tool := sync_tool(path):
        yield _(
            "{folder} is synced by {tool}, so what you note is kept there, too. Let it finish on one "
            "machine before you write on another one: of changes made at once it keeps one and makes a "
            "copy of the other, which kam doctor finds and brings in."
        ).format(folder=path, tool=tool)
    if kind := network_of(path):
        yield _(
            "{folder} is on a network ({kind}). Not all of them keep two machines from writing at once: "
            "work at one at a time."
        ).format(folder=path, kind=kind)


def warnings(path: str) -> Iterator[str]:
    """The same in brief, for somebody who begins a book there."""
    if is_open_to_others(path):
        yield f"{open_to_others(path)} " + _("kam doctor --repair changes that.")
    if tool := sync_tool(path):
        yield _("{folder} is synced by {tool}: kam doctor tells what to mind.").format(folder=path, tool=tool)
    elif kind := network_of(path):
        yield _("{folder} is on a network ({kind}): kam doctor tells what to mind.").format(
            folder=path, kind=kind
        )


def open_to_others(path: str) -> str:
    """The sentence for what others on this computer may read or write."""
    return _("Others on this computer may read or write {path}.").format(path=path)


def _names(path: str) -> list[str]:
    try:
        return files.names(path)
    except OSError:
        return []


def _mounts() -> list[tuple[str, str]]:
    """Where each file system is, and its kind, as Linux tells."""
    try:
        fd = files.open_read("/proc/mounts")
    except OSError:
        return []
    try:
        told = files.read(fd, 1 << 20, 0).decode("utf-8", "replace")
    finally:
        files.close(fd)
    rows = [line.split(" ") for line in told.splitlines()]
    return [(row[1].replace("\\040", " "), row[2]) for row in rows if len(row) > 2]
