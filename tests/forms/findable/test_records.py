"""Records are found by those who may see them, by what is searchable of them, as soon as they change."""

from datetime import date

import pytest

from forms.findable.sources import RecordSource
from forms.packs.actions import LoadPack
from forms.packs.invented import invented_id_number
from forms.packs.reading import Pack
from forms.registers.actions import (
    AskTransfer,
    AssignKeepers,
    DecideTransfer,
    EditRecord,
    MergeRecords,
    SaveRegister,
    SetRecordState,
    UndoMerge,
)
from forms.registers.models import Record
from search.rebuild import compare
from tests.factories.registers import make_record

pytestmark = pytest.mark.django_db
CARD = invented_id_number(date(2015, 1, 1), "male")
ONLY = {"kind": ["record"]}


@pytest.fixture
def record(register, people) -> Record:
    facts = {
        "child": "王小明",
        "id_number": CARD,
        "phone": "13800000000",
        "class": "三年级二班",
        "hobby": "下棋",
    }
    return make_record(register, people.school, people.teacher, **facts)


@pytest.mark.parametrize("text", ["王小明", "三年级二班"])
def test_a_record_is_found_by_name_and_searchable_facts(record, people, found, text):
    assert found(text, people.teacher, filters=ONLY) == ["王小明"]


@pytest.mark.parametrize("text", [CARD, "13800000000", "1380", "359***********", "下棋"])
def test_no_other_fact_is_found(record, people, found, text):
    assert found(text, people.admin, filters=ONLY) == []


def test_those_find_it_who_may_see_it(record, register, people, found):
    make_record(register, people.school, people.colleague)
    make_record(register, people.other, people.other_teacher)
    make_record(register, people.other)
    stray = make_record(register, people.other)
    stray.keepers.create(user=people.teacher)  # she does not work there, and sees nothing by it
    for name in ("teacher", "colleague", "editor", "head", "other_head", "bureau", "inspector", "nobody"):
        user = getattr(people, name)
        seen = sorted(str(pk) for pk in Record.objects.for_user(user).values_list("pk", flat=True))
        assert found("", user, ids=True, filters=ONLY) == seen, name


def test_a_change_by_hand_reaches_the_index(record, people, found):
    assert found("二班", people.head, filters=ONLY)
    EditRecord(record, {"class": "四年级一班"}, record.version, people.head).execute()
    assert found("四年级一班", people.head, filters=ONLY) == ["王小明"]
    assert found("三年级", people.head, filters=ONLY) == []


def test_giving_a_keeper_lets_her_find_it_and_taking_it_away_does_not(record, people, found):
    AssignKeepers([record], people.colleague, people.head, alone=True).execute()
    assert found("王小明", people.colleague, filters=ONLY) == ["王小明"]
    assert found("王小明", people.teacher, filters=ONLY) == []


def test_a_transfer_moves_it_to_the_other_school(record, people, found):
    assert found("王小明", people.head, filters=ONLY)
    transfer = AskTransfer(record, people.other, "搬家", people.head).execute()
    DecideTransfer(transfer, True, people.other_head).execute()
    assert found("王小明", people.other_head, filters=ONLY) == ["王小明"]
    assert found("王小明", people.head, filters=ONLY) == []
    assert found("王小明", people.teacher, filters=ONLY) == []


def test_a_merged_record_is_found_in_the_other_alone(record, register, people, found):
    twin = make_record(register, people.school, child="王晓明", **{"class": "三年级三班"})
    merge = MergeRecords(record, twin, {"class"}, people.head).execute()
    assert found("三年级三班", people.head, filters=ONLY) == ["王小明"]
    assert found("王晓明", people.head, filters=ONLY) == []
    UndoMerge(merge, people.head).execute()
    assert found("王晓明", people.head, filters=ONLY) == ["王晓明"]


def test_its_state_is_a_facet(record, people, found):
    SetRecordState(record, "left", people.head).execute()
    assert found("王小明", people.head, filters=ONLY | {"status": ["left"]}) == ["王小明"]


def test_a_property_that_becomes_sensitive_goes_out(record, register, people, found):
    assert found("二班", people.head, filters=ONLY)
    register.properties = [
        one | ({"sensitive": True} if one["name"] in {"class", "child"} else {})
        for one in register.properties
    ]
    SaveRegister(register).execute()
    assert found("二班", people.head, filters=ONLY) == []
    assert found("王小明", people.head, filters=ONLY) == []


def test_a_name_that_is_not_searchable_is_no_title(record, register, people):
    register.properties = [one | {"searchable": False} for one in register.properties]
    register.save()
    document = RecordSource().document(str(record.pk), 1)
    assert document.title == f"儿童 {str(record.pk)[:8]}"
    assert document.body == ""


def test_a_pack_that_changes_the_register_has_its_records_looked_at(people, found, monkeypatch):
    pack = Pack.named("left_behind_children")
    LoadPack(pack).execute()
    from forms.registers.models import Register
    from search.models import IndexChange

    children = Register.objects.get(name="children")
    made = make_record(children, people.school, name="王小明")
    found("", people.admin)
    before = IndexChange.objects.open().count()
    pack.manifest = pack.manifest.model_copy(update={"requires": (), "codes": (), "forms": ()})
    changed = pack.register("children").model_copy(update={"title": "新名台账"})
    monkeypatch.setattr(pack, "register", lambda _name: changed)
    LoadPack(pack).execute()
    assert before == 0
    assert IndexChange.objects.open().filter(kind="record", object_id=str(made.pk)).exists()


def test_a_record_that_is_deleted_is_gone(record, people, found, index):
    assert found("王小明", people.head, filters=ONLY)
    record.keepers.all().delete()
    record.delete()
    assert found("王小明", people.head, filters=ONLY) == []
    assert compare(index).keys == []
