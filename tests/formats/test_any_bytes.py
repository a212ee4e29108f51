"""No file, however broken, makes a reader fail otherwise than with a sentence."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from builders import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.draft import Options
from kam_tui.domain.errors import Invalid
from kam_tui.formats.registry import READERS, read_file
from kam_tui.usecases import merging

SAMPLES = sorted(
    file for file in (Path(__file__).parents[2] / "data" / "samples").iterdir() if file.suffix != ".md"
)


def take_in(name: str, data: bytes, reader: str = "") -> None:
    with contextlib.suppress(Invalid):
        parsed = read_file(name, data, Options(format=reader))
        planned = merging.plan(Book.of(), NOW, parsed.drafts, parsed.rejects, parsed.records)
        assert len(planned.lines) >= len(parsed.drafts) + len(parsed.rejects)


@given(st.binary(max_size=400), st.sampled_from(list(READERS)))
@settings(max_examples=60)
def test_any_bytes(data: bytes, reader: str) -> None:
    take_in("x", data, reader)


@given(st.text(alphabet='Name,Email;"\n\t|Birthday=@ä1/9', max_size=120))
@settings(max_examples=100)
def test_anything_like_a_table(rows: str) -> None:
    take_in("x.csv", f"Name,Email,Birthday\n{rows}".encode())


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: str(file.name))
@given(at=st.integers(0, 10_000), junk=st.binary(max_size=6), cut=st.integers(0, 12))
@settings(max_examples=8, deadline=None)
def test_a_sample_with_a_wound(file: Path, at: int, junk: bytes, cut: int) -> None:
    data = file.read_bytes()
    at %= len(data)
    take_in(file.name, data[:at] + junk + data[at + cut :])
