"""Seals: a table file says which very change it ends with, so that one from elsewhere is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from builders import account
from store_kit import on_disk, put

from kam_tui.domain.errors import Damaged
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


def apart(folder: Path, tmp_path: Path) -> Path:
    """A second book that was the same until now; each of both has then had one change of its own."""
    put(Store(str(folder)), account("Acme"))
    Store(str(folder)).compact()
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    put(Store(str(folder)), account("Here"))
    put(Store(str(other)), account("There"))
    return other


@pytest.mark.parametrize("folded", [False, True])
def test_a_table_file_of_another_branch_with_a_number_that_fits_is_told(
    folder: Path, tmp_path: Path, folded: bool
) -> None:
    other = apart(folder, tmp_path)
    Store(str(other)).compact()
    if folded:
        Store(str(folder)).compact()
    given = on_disk(folder)
    own = (folder / "accounts.json").read_bytes()
    shutil.copy(other / "accounts.json", folder)
    with pytest.raises(Damaged, match=r"accounts\.json is of another book, or of another day"):
        Store(str(folder)).read()
    with pytest.raises(Damaged):
        put(Store(str(folder)), account("More"))
    assert any("accounts.json" in finding for finding in Store(str(folder)).check())
    (folder / "accounts.json").write_bytes(own)
    assert on_disk(folder) == given


def test_a_session_that_is_open_meets_it_too(folder: Path, tmp_path: Path) -> None:
    other = apart(folder, tmp_path)
    Store(str(other)).compact()
    store = Store(str(folder))
    book = store.read()
    assert book.accounts
    shutil.copy(other / "accounts.json", folder)
    with pytest.raises(Damaged, match="of another book"):
        store.refresh(book)


def test_an_edit_by_hand_keeps_the_seal_and_is_taken(folder: Path) -> None:
    put(Store(str(folder)), account("Acme"))
    Store(str(folder)).compact()
    path = folder / "accounts.json"
    path.write_bytes(path.read_bytes().replace(b'"Acme"', b'"Acme Group"'))
    assert [each.name for each in Store(str(folder)).read().accounts.values()] == ["Acme Group"]
    assert Store(str(folder)).compact()
    assert [each.name for each in Store(str(folder)).read().accounts.values()] == ["Acme Group"]


def test_a_file_that_only_has_the_name_of_a_table_stands_in_nobodys_way(folder: Path) -> None:
    put(Store(str(folder)), account("Acme"))
    Store(str(folder)).compact()
    shutil.copy(folder / "accounts.json", folder / "accounts-annas-mac.json")
    store = Store(str(folder))
    assert list(store.read().accounts) == ["a-acme"]
    put(store, account("Beta"))
    assert store.compact()
    assert any(
        "accounts-annas-mac.json" in each for each in [*store.check(), *store.doctor().look_over().remarks]
    )
