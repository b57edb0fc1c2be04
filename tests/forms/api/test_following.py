"""What becomes of a draft, in the API: listed, returned with comments, carried to a new version, withdrawn."""

from __future__ import annotations

import pytest

from forms.definitions.actions import PublishForm
from forms.submissions.actions import CommentOn, ReturnSubmission
from forms.submissions.models import Submission
from tests.factories import make_school, make_school_user
from tests.factories.forms import make_form, one_step, question
from tests.forms.api.test_filling import CONTENT, Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def teacher(school):
    return make_school_user(school, "class_teacher")


@pytest.fixture
def api(teacher):
    return Caller(teacher)


@pytest.fixture
def handed_in(api):
    answers = {"age": 5, "g": [{"gn": "王芳"}]}
    pk = api.call("POST", f"forms/{make_form(CONTENT).slug}/drafts", {"answers": answers}).json()["uuid"]
    assert api.call("POST", f"drafts/{pk}/submit").status_code == 201
    return Submission.objects.get(pk=pk)


def give_back(submission, school):
    item = submission.revisions.get().answers.items("g")[0]
    comments = [CommentOn("gn", "名字写错了", item)]
    head = make_school_user(school, "school_head")
    ReturnSubmission(submission, head, comments, "请改", submission.revision).execute()


def test_comments_of_a_return_stand_at_their_answers(api, handed_in, school):
    assert api.call("GET", f"drafts/{handed_in.pk}").json()["comments"] == {}
    give_back(handed_in, school)
    draft = api.call("GET", f"drafts/{handed_in.pk}").json()
    assert (draft["comment"], draft["comments"]) == ("请改", {"g[1].gn": ["名字写错了"]})


def test_comments_are_gone_when_it_is_handed_in_again(api, handed_in, school):
    give_back(handed_in, school)
    read = api.call("GET", f"drafts/{handed_in.pk}")
    api.call("PATCH", f"drafts/{handed_in.pk}", {"answers": {"age": 4}}, if_match=read["ETag"])
    assert api.call("POST", f"drafts/{handed_in.pk}/submit").json()["state"] == "resubmitted"
    assert api.call("GET", f"drafts/{handed_in.pk}").json()["comments"] == {}


def test_my_drafts_are_listed_and_those_of_others_are_not(api, handed_in, school):
    assert api.call("GET", "drafts").json()["items"] == []
    give_back(handed_in, school)
    begun = api.call("POST", f"forms/{handed_in.form.slug}/drafts", {}).json()["uuid"]
    found = {one["uuid"]: one["returned"] for one in api.call("GET", "drafts").json()["items"]}
    assert found == {str(handed_in.pk): True, begun: False}
    other = Caller(make_school_user(school, "class_teacher"))
    assert other.call("GET", "drafts").json()["items"] == []
    assert Caller().call("GET", "drafts").status_code == 401


def test_the_list_of_drafts_asks_the_database_as_often_for_many(api, django_assert_max_num_queries):
    form = make_form(CONTENT)
    for _ in range(4):
        api.call("POST", f"forms/{form.slug}/drafts", {})
    with django_assert_max_num_queries(5):
        assert len(api.call("GET", "drafts").json()["items"]) == 4


def test_a_draft_is_carried_to_the_newest_version_and_what_changed_is_told(api):
    form = make_form(CONTENT)
    pk = api.call("POST", f"forms/{form.slug}/drafts", {"answers": {"age": 5}}).json()["uuid"]
    PublishForm(form, one_step(question("integer", "age"), question("text", "more"))).execute()
    carried = api.call("POST", f"drafts/{pk}/carry").json()
    assert (carried["version"], carried["answers"]["age"]) == (2, 5)
    assert {one["question"]: one["kind"] for one in carried["changed"]}["more"] == "new"


def test_a_submission_is_withdrawn_by_who_handed_it_in(api, handed_in, school):
    head = Caller(make_school_user(school, "school_head"))
    assert head.call("POST", f"submissions/{handed_in.pk}/withdraw").status_code == 403
    answer = api.call("POST", f"submissions/{handed_in.pk}/withdraw", {"comment": "填错了孩子"})
    assert answer.json()["state"] == "withdrawn"
    assert api.call("POST", f"submissions/{handed_in.pk}/withdraw").status_code in {403, 409}


def test_a_submission_tells_what_was_worked_out_and_masks_the_sensitive(api, school):
    content = one_step(
        question("integer", "age"),
        question("calculation", "months", calculation="${age} * 12", label="月龄"),
        question(
            "calculation", "secret", calculation="${age} * 2", label="内部", sensitive=True, purpose="内部"
        ),
    )
    pk = api.call("POST", f"forms/{make_form(content).slug}/drafts", {"answers": {"age": 5}}).json()["uuid"]
    api.call("POST", f"drafts/{pk}/submit")
    told = Caller(make_school_user(school, "school_head")).call("GET", f"submissions/{pk}").json()
    assert told["calculated"]["months"] == "60"
    assert told["calculated"]["secret"] != "10"
    assert told["answers"] == {"age": 5}
