"""Gifts as JSON, a contract with scripts: what was given in a year, what to know before one gives more."""

from __future__ import annotations

from typing import Any

from kam_tui.domain.activity import Activity
from kam_tui.rules.gifts import Giving, Spending


def giving_json(known: Giving | None) -> dict[str, Any] | None:
    """What is good to know before one gives something."""
    if known is None:
        return None
    return {
        "budget": spending_json(known.spending),
        "before": [activity_json(gift) for gift in known.before],
        "ideas": list(known.ideas),
    }


def spending_json(told: Spending | None) -> dict[str, Any] | None:
    """What was given to an account in a year, and what may still be."""
    if told is None:
        return None
    return {
        "year": told.year,
        "budget": told.budget or None,
        "given": told.given or None,
        "left": told.left or None,
        "others": list(told.others),
        "unpriced": told.unpriced,
    }


def activity_json(activity: Activity) -> dict[str, Any]:
    """An activity in a few fields."""
    return {
        "id": activity.id,
        "day": activity.when.day.isoformat(),
        "kind": activity.kind,
        "text": activity.text,
        "amount": activity.amount,
    }
