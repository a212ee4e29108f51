"""Understood: what a line says, shown beneath it while it is typed."""

from __future__ import annotations

from textual.content import Content

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.dates.zone import common_zone
from kam_tui.domain.one_line import Understood
from kam_tui.i18n import _
from kam_tui.tui.wording import plain


def show_understood(line: Understood, whom: str = "") -> Content:
    """What was understood, a line for each part; problems with their next step. `whom` it is for, where that
    is said elsewhere."""
    parts: list[Content] = []
    who = [contact.name for contact in line.contacts]
    if line.account:
        who.append(line.account.name)
    if who and whom:
        said = _("{who} is named here, and the line is for {whom}. Leave out the names that begin with @.")
        parts.append(plain(said.format(who=", ".join(who), whom=whom), "$error"))
    elif who or whom:
        parts.append(_pair(_("Who"), plain(", ".join(who) or whom)))
    elif not any(problem.words.startswith("@") for problem in line.problems):
        parts.append(_pair(_("Who"), plain(_("nobody: it is kept on its own"), "$quiet")))
    if line.kind:
        kind = ACTIVITY_KINDS[line.kind]
        parts.append(_pair(_("Kind"), plain(f"{kind.mark} {_(kind.label)}", "$success")))
    parts.append(_pair(_("When"), plain(show_moment(line.when), "" if line.backdated else "$quiet")))
    if line.amount:
        parts.append(_pair(_("Amount"), plain(line.amount)))
    if line.tags:
        parts.append(_pair(_("Tags"), plain(" ".join(f"+{tag}" for tag in line.tags))))
    there = common_zone(line.account, line.contacts)
    if line.reminder:
        parts.append(
            _pair(
                _("Remind"),
                plain(
                    f"{show_moment(line.reminder.due, line.reminder.zone or there)}: {line.reminder.text}",
                    "$success",
                ),
            )
        )
    if line.promise:
        parts.append(
            _pair(
                _("Promise"),
                plain(
                    f"{show_moment(line.promise.due, line.promise.zone or there)}: {line.promise.text}",
                    "$success",
                ),
            )
        )
    parts += [plain(note, "$warning") for note in line.notes]
    for problem in line.problems:
        hint = f" {problem.error.hint}" if problem.error.hint else ""
        # A line that is only begun is not wrong yet.
        parts.append(plain(f"{problem.error}{hint}", "$error" if problem.words else "$quiet"))
    return Content("\n").join(parts)


def _pair(label: str, value: Content) -> Content:
    return Content.assemble((label.ljust(8), "$quiet"), value)
