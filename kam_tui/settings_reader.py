"""Settings reader: the settings out of a TOML file, read strictly and refused in whole sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kam_tui.domain.errors import Invalid
from kam_tui.domain.frozen import defaults_of
from kam_tui.domain.text import clean
from kam_tui.i18n import N_, _
from kam_tui.settings import Settings, Words

if TYPE_CHECKING:  # a capture asks for none of their tables
    from kam_tui.domain.lead import Lead
    from kam_tui.domain.pace import Pace
    from kam_tui.domain.play import Play


def load(path: str) -> Settings:
    """The settings in the TOML file at `path`; the defaults where there is no file.

    Raises Invalid naming the file for TOML that cannot be read, an unknown name (with the nearest
    known one) or a value of the wrong sort.
    """
    try:
        with open(path, "rb") as file:
            text = file.read()
    except FileNotFoundError:
        return Settings()
    except OSError as problem:
        raise Invalid(
            _("The settings {path} cannot be read: {problem}.").format(path=path, problem=problem.strerror)
        ) from None
    return read(text, path)


def read(text: bytes, path: str) -> Settings:
    """The settings in the text of a file at `path`. Raises Invalid as `load` does."""
    table = parsed(text, path)
    where = _("The settings {path}").format(path=path)
    for name, value in table.items():
        _check(Settings, name, value, where)
    segments = Words(table.get("segments", {}))
    _check_segments(segments, where)
    values: dict[str, Any] = {}
    for name, value in table.items():
        values[name] = Words(value) if isinstance(value, dict) else value
        if name in ROWS:
            values[name] = _rows(name, value, segments, where)
    try:
        return Settings(**values)
    except Invalid as problem:
        raise Invalid(f"{where}: {problem}", problem.hint) from None


def parsed(text: bytes, path: str) -> dict[str, Any]:
    """What stands in the text of a file at `path`, whatever it means. Raises Invalid for what is no TOML."""
    import tomllib

    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Invalid(
            _("The settings {path} are not TOML: {problem}.").format(path=path, problem=problem),
            _("Mend that place in any editor; where your book is stands there too, so kam waits for that."),
        ) from None


def _check_segments(segments: Words, where: str) -> None:
    """Raise Invalid for a segment that no query could name, or whose query cannot be read."""
    if segments:
        from kam_tui.domain.query.query import Query
        from kam_tui.domain.text import fold
    for name, text in segments.items():
        here = _("{where}, segment {name}").format(where=where, name=clean(name) or '""')
        if not fold(name) or '"' in name or [fold(each) for each in segments].count(fold(name)) > 1:
            raise Invalid(
                _("{where}: it needs a name of its own, in letters or digits, without quotes.").format(
                    where=here
                )
            )
        try:
            Query.read(text, Words({other: words for other, words in segments.items() if other != name}))
        except Invalid as problem:
            raise Invalid(f"{here}: {problem}", problem.hint) from None


def _rows(table: str, rows: list[dict[str, Any]], segments: Words, where: str) -> tuple[Any, ...]:
    """What stands under the headings of a table. Raises Invalid naming the file, the table and the row."""
    row = ROWS[table]()
    made = tuple(_row(row, table, each, at, segments, where) for at, each in enumerate(rows, 1))
    names = [play.name for play in made] if table == "playbook" else []
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Invalid(_("{where}, playbook: two rows are called {name}.").format(where=where, name=twice))
    return made


def _row(row: Any, table: str, values: Mapping[str, Any], at: int, segments: Words, where: str) -> Any:
    """One row of a table. Raises Invalid naming the file, the table and the row."""
    where = _("{where}, row {number} of [[{table}]]").format(where=where, number=at, table=table)
    for name, value in values.items():
        _check(row, name, value, where)
    missing = row.__annotations__.keys() - defaults_of(row).keys() - values.keys()
    if missing:
        raise Invalid(_("{where}: it needs {names}.").format(where=where, names=", ".join(sorted(missing))))
    try:
        if query := values.get("where"):
            from kam_tui.domain.query.query import Query

            if "due" in Query.read(query, segments).asks:
                raise Invalid(
                    _("{query} asks what is due, which follows from these rows").format(query=query)
                )
        return row(**values)
    except (ValueError, Invalid) as problem:
        said = str(problem).rstrip(".")
        raise Invalid(f"{where}: {said}.", getattr(problem, "hint", "")) from None


def _check(kind: type, name: str, value: object, where: str) -> None:
    """Raise Invalid for a name that is unknown to Settings or to a row, and for a value of another sort."""
    sorts = kind.__annotations__
    if name not in sorts:
        import difflib

        near = difflib.get_close_matches(name, sorts, 1)
        hint = _("Did you mean {names}?").format(names=near[0]) if near else ""
        raise Invalid(_("{where} hold an unknown name: {name}.").format(where=where, name=clean(name)), hint)
    sort, told = _SORTS.get(sorts[name], (list, N_("rows, each under [[{name}]]")))
    parts = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    part = str if sort is dict else dict
    if type(value) is not sort or not all(type(each) is part for each in parts):
        raise Invalid(
            _("{where}: {name} takes {sort}, not {value}.").format(
                where=where, name=name, sort=_(told).format(name=name), value=clean(str(value))
            )
        )


def _lead() -> type[Lead]:
    from kam_tui.domain.lead import Lead

    return Lead


def _play() -> type[Play]:
    from kam_tui.domain.play import Play

    return Play


def _pace() -> type[Pace]:
    from kam_tui.domain.pace import Pace

    return Pace


ROWS: dict[str, Callable[[], Any]] = {"lead": _lead, "playbook": _play, "cadence": _pace}
"""Settings that are a table of several rows, with what brings the class of a row: `[[lead]]`, one heading
for each row."""

_SORTS = {
    "str": (str, N_("a text in quotes")),
    "int": (int, N_("a whole number")),
    "bool": (bool, N_("true or false")),
    "Words": (dict, N_("names with a text in quotes, under [{name}]")),
}
"""Annotation to what a value of it is in TOML, and how that is told; of rows for any other."""
