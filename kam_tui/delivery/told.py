"""What there is to tell of the daily digest: when it last went, and when the next one goes."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from kam_tui.delivery.installing import installed, usual_scheduler
from kam_tui.delivery.outbox import Outbox
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.text import clean
from kam_tui.i18n import _


def job_name(outbox: Outbox) -> str:
    """What the timer of a book is called."""
    return f"kam-digest-{outbox.id}"


def told(outbox: Outbox, now: datetime) -> list[str]:
    """Sentences for `kam doctor`; none where no digest was ever sent and no timer is set up."""
    said: list[str] = []
    sent = outbox.channels()
    if not outbox.is_sound:
        said.append(
            _(
                "{path} cannot be read; what is sent next begins it anew, and keeps it under another name."
            ).format(path=clean(outbox.path))
        )
    for name, channel in sent.items():
        if channel.digest:
            at = channel.digest.astimezone(now.tzinfo)
            said.append(
                _("The last digest by {channel} went on {day} at {time}.").format(
                    channel=clean(name), day=show_day(at.date()), time=f"{at:%H:%M}"
                )
            )
    scheduler = usual_scheduler()
    at_time = installed(job_name(outbox), scheduler, outbox.folder)
    if at_time:
        later = now.time() >= time(*at_time)
        said.append(
            _("The next digest goes on {day} at {time}, by {scheduler}.").format(
                day=show_day(now.date() + timedelta(days=later)),
                time=f"{time(*at_time):%H:%M}",
                scheduler=scheduler,
            )
        )
    elif any(channel.digest for channel in sent.values()):
        said.append(_("No timer sends the digest by itself; kam schedule --install sets one up."))
    return said
