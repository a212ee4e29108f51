"""Backup: a whole copy of a book in one file. Its name tells when it was made and why, and sorts by time."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from kam_tui.domain.frozen import frozen
from kam_tui.i18n import N_

DAILY, IMPORT, MIGRATION, RESTORE = "daily", "import", "migration", "restore"
BY_HAND, DAMAGED = "by-hand", "damaged"

REASONS: dict[str, str] = {
    DAILY: N_("daily"),
    IMPORT: N_("before an import"),
    MIGRATION: N_("before a newer kam wrote"),
    RESTORE: N_("before a restore"),
    BY_HAND: N_("made by hand"),
    DAMAGED: N_("damaged, kept as it was"),
}
"""Why a backup was made, and how that is said."""

_BEFORE = {IMPORT, MIGRATION, RESTORE}
_NAME = r"kam-(\d{8})-(\d{6})-(?:before-)?([a-z-]+?)(?:-(\d+))?(?:\.zip|\.([0-9a-f]{12})\.zip\.age)"

RECENT, MOST_RECENT = timedelta(hours=24), 10
"""Of the backups of so long before the newest, so many are kept."""

RUNGS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (7, datetime.date),
    (5, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)
"""How many days, weeks and months the newest backup of each is kept for: counted are those that have one."""


@frozen
class Backup:
    """One backup, as a look at its file tells."""

    path: str
    """Where it is."""

    at: datetime
    """When it was made: local time, without a zone."""

    reason: str
    """One of `REASONS`."""

    count: int
    """Its place among those of the same second, from 1."""

    size: int
    """Bytes of the file."""

    is_sealed: bool
    """Whether it takes a key or a passphrase to look into it."""

    is_whole: bool
    """Whether the file looks whole. It was read back when it was made, or it would not be there."""

    mark: str
    """What tells its content from that of another: 6 bytes in hexadecimal. Empty where it is not whole."""

    records: Mapping[str, int] | None = None
    """Table to the number of its records; None where that is not told."""

    @property
    def name(self) -> str:
        """Name of the file."""
        return os.path.basename(self.path)

    @property
    def is_good(self) -> bool:
        """Whether it is one to go back to: whole, and of a sound book."""
        return self.is_whole and self.reason != DAMAGED

    @property
    def order(self) -> tuple[datetime, int]:
        """Sorts by when they were made."""
        return self.at, self.count


@frozen
class Named:
    """What the name of a backup's file tells."""

    at: datetime
    """When it was made: local time, without a zone."""

    reason: str
    """One of `REASONS`."""

    count: int = 1
    """Its place among those of the same second, from 1."""

    mark: str = ""
    """What tells its content; in the name of a sealed one alone, since nobody can look into that."""

    def __str__(self) -> str:
        before = "before-" if self.reason in _BEFORE else ""
        place = f"-{self.count}" if self.count > 1 else ""
        ending = f".{self.mark}.zip.age" if self.mark else ".zip"
        return f"kam-{self.at:%Y%m%d-%H%M%S}-{before}{self.reason}{place}{ending}"

    @classmethod
    def read(cls, name: str) -> Named | None:
        """What `str` wrote; None for a file that is no backup."""
        found = re.fullmatch(_NAME, name)
        if not found or found[3] not in REASONS:
            return None
        try:
            at = datetime.fromisoformat(f"{found[1]}T{found[2]}")
        except ValueError:
            return None
        return cls(at, found[3], int(found[4] or 1), found[5] or "")


def outlived(backups: Iterable[Backup]) -> list[Backup]:
    """Those that are no longer kept, never the newest. What is damaged or not whole is left to a person."""
    some = sorted((each for each in backups if each.is_good), key=lambda each: each.order, reverse=True)
    recent = [each for each in some if each.at > some[0].at - RECENT][:MOST_RECENT]
    kept = {each.name for each in recent}
    for most, period in RUNGS:
        newest: dict[object, str] = {}
        for each in some:
            newest.setdefault(period(each.at), each.name)
        kept.update(list(newest.values())[:most])
    return [each for each in some if each.name not in kept]


def newest_until(backups: Iterable[Backup], until: datetime | date) -> Backup | None:
    """The newest good one of a time, or of the end of a day, or before it."""

    def fits(each: Backup) -> bool:
        return each.at <= until if isinstance(until, datetime) else each.at.date() <= until

    return max(
        (each for each in backups if each.is_good and fits(each)), key=lambda each: each.order, default=None
    )
