"""Schema 5: a book from before there were amounts is copied before it is written, and refused by that kam."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from store_kit import write

from kam_tui.domain.change import Edit
from kam_tui.domain.errors import TooNew
from kam_tui.store import migrations
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)

NOW_SCHEMA = migrations.SCHEMA
OLD = Path(__file__).parent / "books" / "schema-4"


def older(folder: Path) -> Path:
    """A book of schema 4, as that kam wrote it."""
    shutil.copytree(OLD, folder)
    folder.chmod(0o700)
    for path in folder.iterdir():
        path.chmod(0o600)
    return folder


def with_an_amount(folder: Path) -> None:
    """Say what the gift of the older book cost."""
    store = Store(str(folder))
    (gift,) = (each for each in store.read().activities.values() if each.text.startswith("45€"))
    write(store, Edit(gift, replace(gift, amount="45 EUR")))


def test_a_gift_of_an_older_book_has_no_amount_until_somebody_says_it(folder: Path) -> None:
    gifts = [each for each in Store(str(older(folder))).read().activities.values() if each.kind == "gift"]
    assert [(each.text[:3], each.amount) for each in gifts] == [("45€", ""), ("can", "")]
    assert not Store(str(folder)).backups().all()
    with_an_amount(folder)
    again = Store(str(folder))
    assert again.compact()
    amounts = sorted(each.amount for each in Store(str(folder)).read().activities.values())
    assert amounts == ["", "", "", "45 EUR"]
    assert again.check() == []


def test_the_older_book_is_copied_as_it_was_before_the_first_amount_is_written(folder: Path) -> None:
    with_an_amount(older(folder))
    (backup,) = Store(str(folder)).backups().all()
    assert backup.reason == "migration"
    with zipfile.ZipFile(backup.path) as found:
        for path in OLD.iterdir():
            assert found.read(path.name) == path.read_bytes()


def test_a_kam_that_knows_no_amounts_does_not_open_the_book_and_drop_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_an_amount(older(folder))
    Store(str(folder)).compact()
    written = (folder / "activities.json").read_bytes()
    assert json.loads(written)["_meta"]["1"]["schema"] == NOW_SCHEMA > 4
    monkeypatch.setattr(migrations, "SCHEMA", 4)
    with pytest.raises(TooNew, match=rf"newer kam \(schema {NOW_SCHEMA}; this one knows 4\)") as told:
        Store(str(folder)).read()
    assert told.value.hint == "Nothing was changed. Update kam to open this book."
    assert (folder / "activities.json").read_bytes() == written
