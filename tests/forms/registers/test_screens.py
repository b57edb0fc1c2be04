"""The admin's screens of records: what they show, to whom, with how many questions to the database."""

import pytest
from django.urls import reverse

from cms.service import Role
from forms.registers.actions import AskTransfer, EditRecord, MergeRecords
from forms.registers.models import Record, Register, Transfer
from forms.registers.versions import facts_now
from forms.sealing.models import RevealLog
from tests.factories import make_bureau_user, make_school_user
from tests.factories.registers import make_filing, make_record, make_register

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"
INDEX = "records_modeladmin_index"


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.fixture
def as_head(client, head):
    client.force_login(head)
    return client


@pytest.fixture
def record(register, school, teacher):
    return make_record(
        register,
        school,
        keeper=teacher,
        child="曾晓敏",
        phone="13812345678",
        id_number=ID,
        **{"class": "一班"},
    )


def test_the_list_shows_records_of_the_own_school_alone(as_head, record, register, other_school):
    make_record(register, other_school, child="金丝雀")
    text = page(as_head, INDEX)
    assert "曾晓敏" in text
    assert "金丝雀" not in text
    assert "13812345678" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "晓敏"}, True),
        ({"q": "zxm"}, True),
        ({"q": "李"}, False),
        ({"keeper": "none"}, False),
        ({"state": "left"}, False),
        ({"property": "class", "value": "一"}, True),
        ({"property": "class", "value": "二"}, False),
        ({"property": "phone", "value": "138"}, False),
        ({"school": "999999"}, False),
        ({"school": "x", "state": "?", "register": "1; drop"}, True),
        ({"label__startswith": "李"}, True),
    ],
)
def test_the_list_is_filtered_by_values_alone(as_head, record, query, found):
    assert ("曾晓敏" in page(as_head, INDEX, **query)) is found


def test_the_list_asks_as_much_for_many_as_for_few(
    as_head, register, school, teacher, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_record(register, school, keeper=teacher)
    page(as_head, INDEX)
    with CaptureQueriesContext(connection) as few:
        page(as_head, INDEX)
    for _ in range(8):
        make_record(register, school, keeper=teacher)
    with django_assert_num_queries(len(few)):
        page(as_head, INDEX)
    assert len(few) < 30


def test_a_record_s_page_masks_what_is_sensitive(as_head, record):
    text = page(as_head, "records_modeladmin_inspect", record.pk)
    assert "138****5678" in text
    assert "13812345678" not in text
    assert ID not in text


def test_a_record_s_page_asks_as_much_for_a_long_history(
    as_head, record, visit, school, head, teacher, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def live(times):
        for number in range(times):
            make_filing(visit, {"talk": "x"}, school, teacher, subject=record)
            now = Record.objects.get(pk=record.pk)
            EditRecord(now, {"class": f"{number}{now.version}班"}, now.version, head).execute()

    live(1)
    page(as_head, "records_modeladmin_inspect", record.pk)
    with CaptureQueriesContext(connection) as few:
        page(as_head, "records_modeladmin_inspect", record.pk)
    live(4)
    with django_assert_num_queries(len(few)):
        page(as_head, "records_modeladmin_inspect", record.pk)


@pytest.mark.parametrize(
    "name",
    ["records_modeladmin_inspect", "records_modeladmin_edit", "records_modeladmin_history", "forms_record_state",
     "forms_record_transfer"],
)  # fmt: skip
def test_nothing_of_another_school_s_record_opens(client, record, other_school, name):
    client.force_login(make_school_user(other_school, Role.SCHOOL_HEAD))
    answer = client.get(reverse(name, args=[record.pk]))
    assert answer.status_code in {302, 403, 404}
    assert "曾晓敏" not in answer.content.decode()


def test_an_inspector_reads_and_changes_nothing(client, record):
    client.force_login(make_bureau_user(Role.INSPECTOR))
    assert reverse("records_modeladmin_edit", args=[record.pk]) not in page(
        client, "records_modeladmin_inspect", record.pk
    )
    for name in ("records_modeladmin_edit", "forms_record_state", "forms_record_transfer"):
        assert client.get(reverse(name, args=[record.pk])).status_code in {302, 403}


def test_a_record_is_entered_and_a_fault_loses_nothing(as_head, register, school):
    address = f"{reverse('records_modeladmin_create')}?register={register.pk}"
    assert "监护人电话" in as_head.get(address).content.decode()
    typed = {"school": school.pk, "fact-child": "王一", "fact-id_number": "123", "fact-home": "both"}
    answer = as_head.post(address, typed)
    assert answer.status_code == 200
    assert 'value="王一"' in answer.content.decode()
    as_head.post(address, {**typed, "fact-id_number": ID})
    assert facts_now(Record.objects.get())["home"] == "both"


def test_a_possible_duplicate_is_shown_before_a_record_is_made_twice(as_head, record, register, school):
    address = f"{reverse('records_modeladmin_create')}?register={register.pk}"
    typed = {"school": school.pk, "fact-child": "曾小敏"}
    assert "曾晓敏" in as_head.post(address, typed).content.decode()
    assert Record.objects.count() == 1
    as_head.post(address, {**typed, "another": "1"})
    assert Record.objects.count() == 2


def test_a_record_of_another_school_cannot_be_entered(as_head, register, other_school):
    address = f"{reverse('records_modeladmin_create')}?register={register.pk}"
    assert as_head.post(address, {"school": other_school.pk, "fact-child": "王一"}).status_code in {302, 403}
    assert not Record.objects.exists()


def test_an_edit_makes_a_version_and_keeps_what_is_masked(as_head, record):
    address = reverse("records_modeladmin_edit", args=[record.pk])
    text = as_head.get(address).content.decode()
    assert "13812345678" not in text
    as_head.post(address, {"seen": 1, "fact-child": "曾晓敏", "fact-class": "二班"})
    now = facts_now(Record.objects.get())
    assert (now["class"], now["phone"], now["id_number"]) == ("二班", "13812345678", ID)


def test_a_conflict_is_shown_and_settled(as_head, record, head):
    EditRecord(record, {"class": "二班"}, 1, head).execute()
    EditRecord(record, {"class": "三班"}, 1, head).execute()
    assert "三班" in page(as_head, "records_modeladmin_inspect", record.pk)
    conflict = record.conflicts.get()
    address = reverse("forms_conflict_settle", args=[conflict.pk])
    assert "二班" in as_head.get(address).content.decode()
    as_head.post(address, {"choice": "theirs"})
    assert facts_now(Record.objects.get())["class"] == "二班"
    assert as_head.get(address).status_code == 404


def test_keepers_are_assigned_to_what_was_ticked(as_head, record, register, school, teacher):
    other = make_record(register, school)
    ticked = {"records": [str(record.pk), str(other.pk)]}
    address = reverse("forms_records_assign")
    assert str(teacher) in as_head.get(address, ticked).content.decode()
    data = {"records": ",".join(ticked["records"]), "keeper": teacher.pk, "alone": "on"}
    as_head.post(address, data)
    assert Record.objects.for_user(teacher).count() == 2


def test_two_records_are_compared_merged_and_parted(as_head, record, register, school):
    other = make_record(register, school, child="曾小敏", **{"class": "二班"})
    assert "曾小敏" in page(as_head, "records_modeladmin_inspect", record.pk)
    address = reverse("forms_record_merge", args=[record.pk, other.pk])
    text = as_head.get(address).content.decode()
    assert "二班" in text
    assert ID not in text
    as_head.post(address, {"take": ["class", "no such"]})
    assert facts_now(Record.objects.get(pk=record.pk))["class"] == "二班"
    merge = record.merges.get()
    as_head.post(reverse("forms_merge_undo", args=[merge.pk]))
    assert Record.objects.active().count() == 2


def test_a_transfer_is_asked_for_and_decided_on_screens(as_head, client, record, other_school, head):
    as_head.post(
        reverse("forms_record_transfer", args=[record.pk]), {"to_school": other_school.pk, "reason": "搬家"}
    )
    transfer = Transfer.objects.get()
    other_head = make_school_user(other_school, Role.SCHOOL_HEAD)
    client.force_login(other_head)
    text = page(client, "transfers_modeladmin_index")
    assert "曾晓敏" not in text
    assert client.get(reverse("records_modeladmin_inspect", args=[record.pk])).status_code in {302, 403}
    client.post(reverse("forms_transfer_decide", args=[transfer.pk]), {"decision": "yes"})
    assert "曾晓敏" in page(client, "transfers_modeladmin_inspect", transfer.pk)


def test_a_school_asks_for_another_s_child_by_its_id_number_and_learns_nothing(
    client, record, register, other_school
):
    client.force_login(make_school_user(other_school, Role.SCHOOL_HEAD))
    address = reverse("forms_transfer_receive")
    data = {"register": register.pk, "to_school": other_school.pk, "id_number": ID, "reason": "已入学"}
    wrong = client.post(address, {**data, "id_number": "440524188001010014"})
    assert not Transfer.objects.exists()
    assert wrong.status_code == 200
    text = client.post(address, data, follow=True).content.decode()
    assert "110***********002X" in text
    assert "曾晓敏" not in text
    assert Transfer.objects.get().asked_by_receiver


def test_a_third_school_sees_no_transfer(client, record, head, other_school):
    from tests.factories import make_school

    transfer = AskTransfer(record, other_school, "搬家", head).execute()
    client.force_login(make_school_user(make_school(), Role.SCHOOL_HEAD))
    for name in ("transfers_modeladmin_inspect", "forms_transfer_decide", "forms_transfer_cancel"):
        assert client.get(reverse(name, args=[transfer.pk])).status_code in {302, 403, 404}


def test_the_bureau_administrator_makes_a_register_and_its_properties(client):
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    rows = {
        "properties-0-name": "child", "properties-0-label": "姓名", "properties-0-type": "name",
        "properties-0-role": "name", "properties-0-required": "on", "properties-0-ORDER": "2",
        "properties-1-name": "kind", "properties-1-label": "类别", "properties-1-type": "choice",
        "properties-1-choices": "a 甲类\nb 乙类", "properties-1-ORDER": "1",
    }  # fmt: skip
    form = {"title": "儿童", "record_name": "儿童", "name": "kids", "properties-TOTAL_FORMS": "3",
            "properties-INITIAL_FORMS": "0", "properties-2-type": "text"}  # fmt: skip
    answer = client.post(reverse("registers_modeladmin_create"), {**form, **rows})
    assert answer.status_code == 302, answer.content.decode()
    register = Register.objects.get()
    assert list(register.schema.properties) == ["kind", "child"]
    assert register.schema.show("kind", "b") == "乙类"
    assert "乙类" in page(client, "registers_modeladmin_edit", register.pk)
    assert "kids" in page(client, "registers_modeladmin_index")


def test_schools_do_not_enter_registers_nor_the_log_of_looks(as_head, register):
    for name in ("registers_modeladmin_index", "registers_modeladmin_create", "reveals_modeladmin_index"):
        assert as_head.get(reverse(name)).status_code in {302, 403}


def test_the_log_of_looks_is_read_by_the_bureau_administrator(client, head, record):
    RevealLog.objects.create(
        user=head, thing="record", thing_id="1", title="儿童", questions="电话", reason="家访前联系"
    )
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    assert "家访前联系" in page(client, "reveals_modeladmin_index", q="家访")
    assert "家访前联系" not in page(client, "reveals_modeladmin_index", q="别的")


def test_a_merged_record_s_page_leads_to_the_other(as_head, record, register, school, head):
    other = make_record(register, school, child="王一")
    MergeRecords(record, other, (), head).execute()
    assert reverse("records_modeladmin_inspect", args=[record.pk]) in page(
        as_head, "records_modeladmin_inspect", other.pk
    )


def test_a_register_of_another_kind_stays_apart(as_head, record, school):
    volunteers = make_register(name="volunteers")
    make_record(volunteers, school, child="志愿者")
    text = page(as_head, INDEX, register=volunteers.pk)
    assert "志愿者" in text
    assert "曾晓敏" not in text
