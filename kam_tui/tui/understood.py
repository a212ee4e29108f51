"""Understood: what a line says, shown beneath it while it is typed."""

from __future__ import annotations

from textual.content import Content

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.one_line import Understood
from kam_tui.domain.residence import common_zone
from kam_tui.i18n import _
from kam_tui.tui.wording import plain


def show_understood(line: Understood, whom: str = "") -> Content:
    """What was understood, a line for each part; problems with their next step. `whom` it is for, where that
    is said elsewhere."""
    parts = _who(line, whom)
    if line.kind:
        kind = ACTIVITY_KINDS[line.kind]
        parts.append(_pair(_("Kind"), plain(f"{kind.mark} {_(kind.label)}", "$success")))
    parts.append(_pair(_("When"), plain(show_moment(line.when), "" if line.backdated else "$quiet")))
    if line.amount:
        parts.append(_pair(_("Amount"), plain(line.amount)))
    if line.tags:
        parts.append(_pair(_("Tags"), plain(" ".join(f"+{tag}" for tag in line.tags))))
    there = common_zone(line.account, line.contacts)
    for label, wish in ((_("Remind"), line.reminder), (_("Promise"), line.promise)):
        if wish:
            said = f"{show_moment(wish.due, wish.zone or there)}: {wish.text}"
            parts.append(_pair(label, plain(said, "$success")))
    parts += [plain(note, "$warning") for note in line.notes]
    for problem in line.problems:
        hint = f" {problem.error.hint}" if problem.error.hint else ""
        # A line that is only begun is not wrong yet.
        parts.append(plain(f"{problem.error}{hint}", "$error" if problem.words else "$quiet"))
    return Content("\n").join(parts)


def _who(line: Understood, whom: str) -> list[Content]:
    who = [contact.name for contact in line.contacts]
    if line.account:
        who.append(line.account.name)
    if who and whom:
        said = _("{who} is named here, and the line is for {whom}. Leave out the names that begin with @.")
        return [plain(said.format(who=", ".join(who), whom=whom), "$error")]
    if who or whom:
        return [_pair(_("Who"), plain(", ".join(who) or whom))]
    if any(problem.words.startswith("@") for problem in line.problems):
        return []
    return [_pair(_("Who"), plain(_("nobody: it is kept on its own"), "$quiet"))]


def _pair(label: str, value: Content) -> Content:
    return Content.assemble((label.ljust(8), "$quiet"), value)
