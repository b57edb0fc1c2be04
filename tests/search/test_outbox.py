"""A change in the database reaches the index: once, in the end, whatever happens on the way."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

import search.rebuild
from search import sources
from search.engine import Document, Query, SearchUnavailable
from search.engines.embedded import EmbeddedEngine
from search.lease import LeaseTaken, lease
from search.models import IndexBatch, IndexChange, IndexLease
from search.outbox import drain, forget_done, note_change, retry_parked
from search.rebuild import RebuildFailed, compare, rebuild, repair
from tests.search.sources import Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(monkeypatch) -> Shelf:
    monkeypatch.setattr(sources, "_sources", {})
    return Shelf()


@pytest.fixture
def index(tmp_path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path)


class Down(EmbeddedEngine):
    """An engine that cannot be asked."""

    def apply(self, changes):
        raise SearchUnavailable("no route to host")


def put(shelf: Shelf, number: str, text: str | None) -> None:
    shelf.things[number] = text
    note_change("thing", number)


def found(index, text: str = "") -> list[str]:
    return sorted(hit.object_id for hit in index.search(Query(text)).hits)


def make_all_due() -> None:
    IndexChange.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_noted_change_is_found_after_the_next_go(shelf, index):
    put(shelf, "1", "家访")
    assert found(index) == []
    assert drain(engine=index).changed == 1
    assert found(index, "家访") == ["1"]


def test_what_was_rolled_back_is_not_noted():
    with transaction.atomic():
        note_change("thing", "1")
        transaction.set_rollback(True)
    assert not IndexChange.objects.exists()


def test_many_changes_of_one_thing_are_one_document(shelf, index):
    for text in ("家访", "谈心", "联系卡"):
        put(shelf, "1", text)
    assert drain(engine=index).changed == 1
    assert found(index, "联系卡") == ["1"]


def test_what_is_gone_leaves_the_index(shelf, index):
    put(shelf, "1", "家访")
    drain(engine=index)
    del shelf.things["1"]
    note_change("thing", "1")
    drain(engine=index)
    assert found(index) == []


def test_while_the_engine_is_down_nothing_is_lost_or_counted_as_a_try(shelf, index, tmp_path):
    put(shelf, "1", "家访")
    assert drain(engine=Down(tmp_path / "down")).down
    assert IndexChange.objects.due().get().tries == 0
    drain(engine=index)
    assert found(index) == ["1"]


def test_a_thing_that_cannot_be_read_does_not_hold_up_the_others(shelf, index):
    put(shelf, "1", None)
    put(shelf, "2", "家访")
    done = drain(engine=index)
    assert (done.changed, done.failed) == (1, 1)
    assert found(index) == ["2"]


def test_after_five_tries_a_change_is_parked_with_its_error(shelf, index):
    put(shelf, "1", None)
    for _try in range(5):
        make_all_due()
        drain(engine=index)
    parked = IndexChange.objects.parked().get()
    assert "cannot be read" in parked.error
    assert not IndexChange.objects.due().exists()


def test_a_parked_change_can_be_tried_again(shelf, index):
    put(shelf, "1", None)
    IndexChange.objects.update(parked=True)
    shelf.things["1"] = "家访"
    assert retry_parked() == 1
    drain(engine=index)
    assert found(index) == ["1"]


def test_two_writers_never_work_at_once(shelf, index):
    put(shelf, "1", "家访")
    with lease():
        assert drain(engine=index).changed == 0
        with pytest.raises(LeaseTaken), lease():
            pass
    assert drain(engine=index).changed == 1


def test_the_lease_of_a_dead_worker_runs_out(shelf, index):
    put(shelf, "1", "家访")
    drain(engine=index)
    IndexLease.objects.update(holder="dead", until=timezone.now() - timedelta(seconds=1))
    put(shelf, "2", "家访")
    assert drain(engine=index).changed == 1


def test_done_changes_are_forgotten_after_a_day(shelf, index):
    put(shelf, "1", "家访")
    drain(engine=index)
    assert forget_done() == 0
    assert forget_done(older_than=timedelta(seconds=-1)) == 1


def test_a_rebuild_holds_everything(shelf, index):
    shelf.things = {str(number): "家访" for number in range(20)}
    assert rebuild(engine=index) == 20
    assert compare(index).keys == []


def test_what_changes_during_a_rebuild_is_in_the_new_index(shelf, index, monkeypatch):
    shelf.things = {"1": "家访", "2": "家访"}
    original = Shelf.documents

    def documents_then_a_change(self, version):
        yield from list(original(self, version))
        if version and not IndexChange.objects.exists():
            put(shelf, "1", "谈心")
            del shelf.things["2"]
            note_change("thing", "2")
            drain(engine=index)

    monkeypatch.setattr(Shelf, "documents", documents_then_a_change)
    rebuild(engine=index)
    assert found(index) == ["1"]
    assert found(index, "谈心") == ["1"]


def test_a_rebuild_that_lost_something_is_not_put_in_use(shelf, index, monkeypatch):
    shelf.things = {"1": "家访"}
    rebuild(engine=index)
    shelf.things["2"] = "谈心"
    monkeypatch.setattr("search.engines.embedded.EmbeddedRebuild.count", lambda _self: 1)
    with pytest.raises(RebuildFailed):
        rebuild(engine=index)
    assert found(index) == ["1"]


def test_the_comparison_names_what_is_missing_left_over_and_different(shelf, index):
    shelf.things = {"1": "家访", "2": "谈心"}
    rebuild(engine=index)
    shelf.things = {"2": "谈心了", "3": "联系卡"}
    drift = compare(index)
    assert (drift.missing, drift.left_over, drift.different) == (["thing:3"], ["thing:1"], ["thing:2"])


def test_repair_mends_what_differs(shelf, index):
    shelf.things = {"1": "家访", "2": "谈心"}
    rebuild(engine=index)
    shelf.things = {"2": "谈心了", "3": "联系卡"}
    assert repair(compare(index)) == 3
    drain(engine=index)
    assert compare(index).keys == []


def test_a_writer_that_outlived_its_lease_begins_again_when_another_generation_came(
    shelf, index, monkeypatch
):
    shelf.things = {"1": "家访"}
    rebuild(engine=index)
    put(shelf, "1", "谈心")
    original = EmbeddedEngine.apply

    def apply_while_others_rebuild(self, changes):
        refused = original(self, changes)
        monkeypatch.setattr(EmbeddedEngine, "apply", original)
        IndexLease.objects.update(until=timezone.now() - timedelta(seconds=1))
        monkeypatch.setattr(
            Shelf, "documents", lambda _self, version: iter([Document("thing", "1", version, "家访")])
        )
        rebuild(engine=index)
        return refused

    monkeypatch.setattr(EmbeddedEngine, "apply", apply_while_others_rebuild)
    assert drain(engine=index).changed == 0
    assert IndexChange.objects.open().count() == 1
    assert drain(engine=index).changed == 1
    assert found(index, "谈心") == ["1"]


def test_a_rebuild_that_lost_its_lease_is_not_put_in_use(shelf, index, monkeypatch):
    shelf.things = {"1": "家访"}
    rebuild(engine=index)
    shelf.things["2"] = "谈心"

    def count_while_others_take_over(self):
        IndexLease.objects.update(holder="another")
        return len(self.things)

    monkeypatch.setattr(Shelf, "count", count_while_others_take_over)
    with pytest.raises(LeaseTaken):
        rebuild(engine=index)
    assert found(index) == ["1"]


def test_what_a_slow_batch_did_during_a_rebuild_is_in_the_new_index(shelf, index, monkeypatch):
    """An earlier batch may be ticked off after a later one was looked through already."""
    shelf.things = {"1": "家访", "2": "家访"}
    rebuild(engine=index)
    slow: list[int] = []
    original = Shelf.documents

    def documents_then_a_change(self, version):
        yield from list(original(self, version))
        slow.append(IndexBatch.objects.create().pk)
        put(shelf, "1", "谈心")
        drain(engine=index)
        put(shelf, "2", "谈心")

    def verify_after(fresh, start, replayed, held=None):
        replay(fresh, start, replayed, held)
        if held is None:
            IndexChange.objects.filter(object_id="2").update(done_in=slow[0])

    replay = search.rebuild._replay
    monkeypatch.setattr(Shelf, "documents", documents_then_a_change)
    monkeypatch.setattr("search.rebuild._replay", verify_after)
    rebuild(engine=index)
    assert found(index, "谈心") == ["1", "2"]


def test_after_a_backup_was_put_back_versions_go_on_above_those_of_the_index(shelf, index):
    shelf.things = {"1": "家访"}
    rebuild(engine=index)
    index.apply([Document("thing", "1", 90_000, "从后来的数据库里来")])
    assert compare(index).ahead
    put(shelf, "1", "谈心")
    drain(engine=index)
    assert found(index, "谈心") == [], "the index has a higher version"
    repair(compare(index), index)
    drain(engine=index)
    assert compare(index).is_none
    assert found(index, "谈心") == ["1"]
    assert IndexBatch.objects.create().pk > 90_000
