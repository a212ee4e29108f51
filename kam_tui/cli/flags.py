"""Flags that follow from a schema: one for each field that a person fills in."""

from __future__ import annotations

import argparse
from collections.abc import Container, Mapping
from typing import Any

from kam_tui.cli.shell import Arguments
from kam_tui.domain.fields import Field, Schema
from kam_tui.domain.kinds import Choice
from kam_tui.i18n import _

SPOKEN = {"contact_ids": "people", "rule": "every"}
"""Fields whose flag is said otherwise."""

MOST = 1_000_000_000
"""Of whatever is counted, a book has fewer."""

DIGITS = 100
"""Python refuses to read numbers of some thousand."""


def add_fields(
    parser: argparse.ArgumentParser,
    schema: Schema[Any],
    leave_out: Container[str] = (),
    *,
    renamed: bool = False,
) -> None:
    """A flag for each field of the schema's form. With `renamed`, `--name` gives a new name."""
    group = parser.add_argument_group(_("fields"), _("An empty text ('') clears a field."))
    for field in schema.form:
        if field.name in leave_out:
            continue
        text = help_of(field)
        if renamed and field.name == "name":
            text = _("a new name")
        group.add_argument(
            flag_of(field.name), dest=f"field_{field.name}", metavar=_("TEXT"), help=text.replace("%", "%%")
        )


def counted(digits: str) -> int:
    """The number that decimal digits say, however many they are: beyond `MOST` it makes no difference."""
    return min(int(digits), MOST) if len(digits) <= DIGITS else MOST


def fields_of(args: Arguments, schema: Schema[Any]) -> dict[str, str]:
    """Field name to the text given for it, for the flags that were given."""
    given: Mapping[str, str | None] = {
        field.name: getattr(args, f"field_{field.name}", None) for field in schema.form
    }
    return {name: text for name, text in given.items() if text is not None}


def flag_of(name: str) -> str:
    """The flag of a field: `customer_since` is `--customer-since`, `account_id` is `--account`."""
    return "--" + SPOKEN.get(name, name.removesuffix("_id")).replace("_", "-")


def help_of(field: Field) -> str:
    """What a flag is for: the field's label, its help, and the words it takes."""
    text = _(field.label)
    if isinstance(field.kind, Choice):
        text += ": " + ", ".join(field.kind.options)
    return f"{text} ({_(field.help)})" if field.help else text
