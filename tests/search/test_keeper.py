"""The worker keeps an index that fits the code, and brings changes into it."""

import sqlite3

import pytest

from search import sources
from search.engine import Query
from search.engines.embedded import EmbeddedEngine
from search.keeper import Keeper
from search.outbox import note_change
from tests.search.sources import Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(monkeypatch, tmp_path) -> Shelf:
    monkeypatch.setattr(sources, "_sources", {})
    engine = EmbeddedEngine(tmp_path)
    for place in ("keeper", "outbox", "rebuild"):
        monkeypatch.setattr(f"search.{place}.current_engine", lambda: engine)
    shelf = Shelf()
    shelf.engine = engine
    return shelf


def test_changes_are_brought_in(shelf):
    shelf.things["1"] = "家访"
    note_change("thing", "1")
    keeper = Keeper()
    assert keeper.step()
    assert not keeper.step()
    assert shelf.engine.search(Query("家访")).total == 1


def test_an_index_made_by_other_rules_is_built_anew(shelf):
    shelf.things["1"] = "家访"
    store = shelf.engine.store
    with sqlite3.connect(store.folder / store.current()) as connection:
        connection.execute("PRAGMA user_version = 999")
    assert shelf.engine.health().state == "rebuild-needed"
    Keeper().step()
    assert shelf.engine.health().state == "ok"
    assert shelf.engine.search(Query("家访")).total == 1


def test_an_index_that_was_lost_is_built_from_the_database(shelf):
    shelf.things["1"] = "家访"
    keeper = Keeper()
    keeper.step()
    shelf.engine.destroy()
    assert shelf.engine.search(Query("家访")).total == 0, "a reader was first to look"
    assert shelf.engine.health().state == "rebuild-needed"
    Keeper().step()
    assert shelf.engine.search(Query("家访")).total == 1
