"""What was found leads each reader to her own screen."""

import pytest
from django.utils.translation import override

from cms.findable.kinds import found_kinds, kind_label, status_label
from forms.findable.links import link_to
from tests.factories.forms import make_form, make_submission, one_step, question
from tests.factories.registers import make_record

pytestmark = pytest.mark.django_db


def goes_to(client, user, url: str) -> str:
    client.force_login(user)
    response = client.get(url)
    return response.url if response.status_code == 302 else str(response.status_code)


def test_a_submission_leads_to_the_admin_or_to_its_page(client, people, archive):
    one = make_submission(archive, people.teacher, {"who": "王小明"}, school=people.school)
    url = link_to("submission", one.pk)
    assert goes_to(client, people.head, url) == f"/admin/submissions/inspect/{one.pk}/"
    assert goes_to(client, people.teacher, url) == f"/submissions/{one.pk}/"
    assert goes_to(client, people.other_head, url) == "404"


def test_a_record_leads_to_the_admin_or_to_the_desk(client, people, register):
    one = make_record(register, people.school, people.teacher)
    url = link_to("record", one.pk)
    assert goes_to(client, people.head, url) == f"/admin/records/inspect/{one.pk}/"
    assert goes_to(client, people.teacher, url) == f"/desk/children/{one.pk}/"
    assert goes_to(client, people.colleague, url) == "404"


def test_a_form_leads_to_the_builder_or_to_its_start(client, people):
    one = make_form(one_step(question("text", "a")))
    url = link_to("form", one.pk)
    assert goes_to(client, people.bureau, url) == f"/admin/forms/edit/{one.pk}/"
    assert goes_to(client, people.teacher, url) == f"/forms/{one.slug}/"
    assert goes_to(client, people.nobody, url) == "404"


def test_kinds_and_states_have_chinese_names():
    with override("zh-hans"):
        assert [kind_label(kind) for kind in ("form", "submission", "record")] == ["表单", "提交", "档案"]
        assert [status_label(one) for one in ("open", "returned", "left")] == [
            "开放填写",
            "退回修改",
            "已转出",
        ]


def test_no_two_kinds_use_one_word_for_different_states():
    seen = [status for kind in found_kinds() for status in kind.statuses]
    assert len(seen) == len(set(seen))
