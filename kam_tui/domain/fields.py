"""What a record's fields are: one table per record, from which the rest is derived.

A `Field` gives a value of some kind its name and its label; a `Schema` is the table of a record's
fields. Codec, flags, dialogs, columns and error sentences all come out of these tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.day_kinds import DAY
from kam_tui.domain.errors import Invalid, KamError
from kam_tui.domain.frozen import defaults_of, frozen
from kam_tui.domain.kinds import TEXT, Kind, Naming, Ref
from kam_tui.domain.text import clean
from kam_tui.i18n import _

R = TypeVar("R")


class Nothing(Mapping[str, Any]):
    """A mapping that is always empty, and hashable, so that it can be a record's default."""

    def __getitem__(self, key: str) -> Any:
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __hash__(self) -> int:
        return 0


REQUIRED = object()
"""In place of the default of a field that has none."""

NOTHING = Nothing()
"""No unknown keys: the default of every record's `extra`."""


@frozen
class Field:
    """One field of a record."""

    name: str
    """As in the record, the document and the flag (`customer_since`, `--customer-since`)."""

    kind: Kind
    """How its values are read and written."""

    label: str = ""
    """What a form calls it; marked for translation. A field without one is not in forms."""

    help: str = ""
    """What it is for, where the label does not say it."""


TABLES: dict[type, str] = {}
"""The class of a record to its table, of all that have a schema."""


class Schema(Generic[R]):
    """The table of a record's fields, and the codec that follows from it."""

    def __init__(self, record: type[R], table: str, fields: tuple[Field, ...]) -> None:
        self.record = record
        """The frozen dataclass."""
        self.table = TABLES[record] = table
        """The table its documents are in."""
        self.fields = {field.name: field for field in fields}
        """Name to field, in the order of forms."""
        own = defaults_of(record)
        self.defaults = {name: own.get(name, REQUIRED) for name in self.fields}
        """Name to default; `REQUIRED` for a field that has none."""
        self._decoders = {name: field.kind.decode for name, field in self.fields.items()}

    @property
    def form(self) -> tuple[Field, ...]:
        """The fields a person fills in."""
        return tuple(field for field in self.fields.values() if field.label)

    def references(self, record: R) -> Iterator[tuple[str, str, str]]:
        """Field, table and id of every other record that this one names."""
        for name, field in self.fields.items():
            if isinstance(field.kind, Ref):
                value = getattr(record, name)
                for each in value if isinstance(value, tuple) else (value,) if value else ():
                    yield name, field.kind.table, each

    def encode(self, record: R) -> dict[str, object]:
        """The record as a document: only what differs from the defaults, unknown keys kept."""
        document: dict[str, object] = {}
        for name, field in self.fields.items():
            value = getattr(record, name)
            if value != self.defaults[name]:
                document[name] = field.kind.encode(value)
        document.update(record.extra)  # type: ignore[attr-defined]
        return document

    def decode(self, document: Mapping[str, Any]) -> R:
        """The record of a document. Raises Invalid naming the field and the document's id.

        Keys that no field knows are kept as they are: a newer kam's data is not stripped.
        """
        values: dict[str, Any] = {}
        extra: dict[str, object] = {}
        decoder = self._decoders.get
        for name, value in document.items():
            decode = decoder(name)
            if decode is None:
                extra[name] = value
                continue
            try:
                values[name] = decode(value)
            except (ValueError, TypeError, KeyError, AttributeError) as problem:
                raise Invalid(
                    _("{table} {id}: {field} {problem}.").format(
                        table=self.table, id=clean(str(document.get("id"))), field=name, problem=problem
                    )
                ) from None
        if extra:
            values["extra"] = extra
        try:
            return self.record(**values)
        except (ValueError, TypeError) as problem:
            raise Invalid(
                _("{table} {id}: {problem}").format(
                    table=self.table, id=clean(str(document.get("id"))), problem=problem
                )
            ) from None

    def read_form(self, texts: Mapping[str, str], reading: Reading) -> dict[str, Any]:
        """Values for the given texts; an empty text gives the default.

        Raises Invalid with every problem, or the NotFound or Ambiguous of a name that is the only one.
        """
        values: dict[str, Any] = {}
        problems: dict[str, KamError] = {}
        for name, text in texts.items():
            field = self.fields.get(name)
            if field is None or not field.label:
                problems[name] = Invalid(_("There is no field {name}.").format(name=clean(name)))
                continue
            try:
                values[name] = self.read_field(field, text, reading)
            except KamError as problem:
                problems[name] = problem
        only = next(iter(problems.values())) if len(problems) == 1 else None
        if only is not None and not isinstance(only, Invalid):
            raise only
        if problems:
            raise Invalid.fields({name: f"{each} {each.hint}".strip() for name, each in problems.items()})
        return values

    def read_field(self, field: Field, text: str, reading: Reading) -> Any:
        """One field's value from its text. Raises Invalid with a sentence that names the field."""
        if not text.strip():
            if self.defaults[field.name] is REQUIRED:
                raise Invalid(_("{label} must not be empty.").format(label=_(field.label)))
            return self.defaults[field.name]
        try:
            return field.kind.parse(text, reading)
        except (ValueError, Invalid) as problem:
            raise Invalid(f"{_(field.label)}: {problem}", getattr(problem, "hint", "")) from None

    def create(self, **values: Any) -> R:
        """A new record. Raises Invalid where the record refuses the values."""
        try:
            return self.record(**values)
        except (ValueError, TypeError) as problem:
            raise Invalid(str(problem)) from None

    def change(self, record: R, **values: Any) -> R:
        """The record with other values. Raises Invalid where the record refuses them."""
        from dataclasses import replace

        try:
            return replace(record, **values)  # type: ignore[type-var]
        except (ValueError, TypeError) as problem:
            raise Invalid(str(problem)) from None

    def show(self, record: R, field: Field, naming: Naming) -> str:
        """The text of one field, empty where it holds its default."""
        value = getattr(record, field.name)
        return "" if value == self.defaults[field.name] else field.kind.show(value, naming)


CREATED = Field("created", DAY)
"""The day a record came into the book; an activity keeps the time of day as well."""

ID = Field("id", TEXT)
"""Every record's own id."""
