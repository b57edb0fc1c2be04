"""Handing in through the API asks about possible duplicates as the check page does."""

from __future__ import annotations

import pytest

from cms.people.models import Role
from forms.filling.models import Draft
from forms.registers.models import DuplicateAnswer, Record
from forms.submissions.models import Submission
from tests.factories import make_school, make_school_user
from tests.factories.forms import make_version, one_step, question
from tests.factories.registers import make_record, make_register
from tests.forms.api.test_filling import Caller

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"
QUESTIONS = (
    question("name", "who", saves_to="child", required=True),
    question("id_number", "card", saves_to="id_number", sensitive=True),
    question("text", "klass", saves_to="class"),
)


class Entry:
    """A teacher's program that enters a child whose id number is in the register."""

    def __init__(self) -> None:
        self.register = make_register()
        self.school = make_school()
        self.teacher = make_school_user(self.school, Role.CLASS_TEACHER)
        about = {"register": self.register.name, "mode": "makes", "on": "submitted"}
        slug = make_version(one_step(*QUESTIONS, about=about)).form.slug
        self.api = Caller(self.teacher)
        body = {"answers": {"who": "张小敏", "card": ID}, "school": self.school.code}
        self.draft = self.api.call("POST", f"forms/{slug}/drafts", body).json()["uuid"]

    def submit(self, body=None, **headers):
        return self.api.call("POST", f"drafts/{self.draft}/submit", body, **headers)

    def submit_with(self, **said):
        mark = self.submit().json()["duplicates"][0]["mark"]
        return self.submit({"duplicates": [{"mark": mark, **said}]})


@pytest.fixture
def entry():
    return Entry()


@pytest.fixture
def record(entry):
    return make_record(
        entry.register, entry.school, keeper=entry.teacher, child="张晓敏", id_number=ID, **{"class": "一班"}
    )


def test_a_possible_duplicate_is_a_conflict_that_tells_which(entry, record):
    answer = entry.submit()
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    told = answer.json()["duplicates"]
    assert [(one["record"], one["label"], one["how"], one["where"]) for one in told] == [
        (str(record.pk), "张晓敏", "id_number", "seen")
    ]
    assert not Submission.objects.exists()


def test_of_another_school_s_child_the_program_learns_only_that_it_is_there(entry):
    record = make_record(entry.register, make_school("远山小学"), child="欧阳青青", id_number=ID)
    answer = entry.submit()
    assert set(answer.json()["duplicates"][0]) == {"mark", "how", "where", "must_say_why"}
    for told in ("欧阳", "远山小学", str(record.pk), ID):
        assert told not in answer.content.decode()
    refused = entry.submit_with(same=True)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["name"] == "duplicates[0]"
    assert Draft.objects.get(pk=entry.draft).subject is None


def test_the_same_child_gets_the_answers_in_the_same_request(entry, record):
    assert entry.submit_with(same=True).status_code == 201
    assert Record.objects.get().version == record.version + 1


def test_another_child_is_made_when_it_is_said_why(entry, record):
    assert entry.submit_with(same=False).status_code == 422
    assert entry.submit_with(same=False, reason="证件号登记有误").status_code == 201
    assert DuplicateAnswer.objects.get().reason == "证件号登记有误"
    assert Record.objects.count() == 2


def test_a_decision_is_not_kept_when_the_draft_is_not_handed_in(entry, record):
    make_record(entry.register, entry.school, keeper=entry.teacher, child="张小民", id_number=ID)
    marks = [one["mark"] for one in entry.submit().json()["duplicates"]]
    answer = entry.submit({"duplicates": [{"mark": marks[0], "same": False, "reason": "不是"}]})
    assert [one["mark"] for one in answer.json()["duplicates"]] == marks[1:]
    assert not DuplicateAnswer.objects.exists()


def test_the_same_request_again_is_the_same_submission(entry, record):
    body = {"duplicates": [{"mark": entry.submit().json()["duplicates"][0]["mark"], "same": True}]}
    first = entry.submit(body, if_match='"0"' if Draft.objects.get().revision == 0 else '"1"')
    again = entry.submit(body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["uuid"] == again.json()["uuid"]


def test_an_older_revision_is_in_conflict_before_anything_is_decided(entry, record):
    body = {"duplicates": [{"mark": entry.submit().json()["duplicates"][0]["mark"], "same": True}]}
    answer = entry.submit(body, if_match='"99"')
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/v1/docs#conflict")
    assert Draft.objects.get(pk=entry.draft).subject is None
