"""Report: what looking a book over has found, and what mending it has done."""

from __future__ import annotations

from kam_tui.domain.frozen import frozen


@frozen
class Report:
    """What looking a book over has found, in whole sentences."""

    findings: tuple[str, ...] = ()
    """What is wrong."""

    remarks: tuple[str, ...] = ()
    """What may well be right, and is worth knowing."""


@frozen
class Mending:
    """What a repair does, in whole sentences."""

    done: tuple[str, ...] = ()
    """What is mended; where it was only looked at, what would be."""

    lost: tuple[str, ...] = ()
    """What can be read of what could not be put back."""

    refused: tuple[str, ...] = ()
    """What a repair cannot mend, and what to do instead."""
