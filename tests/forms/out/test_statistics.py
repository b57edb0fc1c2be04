"""Statistics count what was answered, exactly, and nothing sensitive."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from forms.out import rows
from forms.out.rows import read
from forms.out.statistics import measuring, summaries
from forms.out.statistics.gathering import crossing_of, gather
from forms.out.statistics.summaries import Summary
from forms.submissions.models import Submission
from tests.factories import make_bureau_user, make_school, make_school_user
from tests.factories.forms import make_form, one_step, question
from tests.factories.submissions import make_submission

pytestmark = pytest.mark.django_db
LISTS = {"l": {"choices": [{"value": "x", "label": "好"}, {"value": "y", "label": "差"}]}}


def summary(content: dict, *answers: dict) -> Summary:
    form = make_form(content)
    for plain in answers:
        make_submission(form, plain)
    assert form.live is not None
    return gather(form.live.document, read(Submission.objects.filter(form=form))).summaries[0]


def test_choices_are_counted_those_never_chosen_too():
    found = summary(one_step(question("choice", "a", list="l"), lists=LISTS), {"a": "x"}, {"a": "x"}, {})
    assert [(bar.label, bar.count, bar.share) for bar in found.bars] == [("好", 2, 100.0), ("差", 0, 0.0)]
    assert (found.answered, found.missing) == (2, 1)


def test_the_mean_of_decimals_is_exact():
    found = summary(one_step(question("decimal", "a")), {"a": "0.1"}, {"a": "0.2"}, {"a": "0.3"})
    assert dict(found.facts)["平均"] == "0.2"
    assert dict(found.facts)["中位数"] == "0.2"
    assert dict(found.facts)["合计"] == "0.6"


def test_many_numbers_become_a_histogram_that_counts_each_once():
    found = summary(one_step(question("integer", "a")), *({"a": n} for n in range(37)))
    assert len(found.bars) == 10
    assert sum(bar.count for bar in found.bars) == 37


def test_more_numbers_than_are_remembered_are_all_in_the_histogram(monkeypatch):
    monkeypatch.setattr(measuring, "MOST_NUMBERS", 12)
    monkeypatch.setattr(measuring, "UNREAD", 7)
    counter = measuring.Measuring("a", "a")
    for number in range(1_000):
        counter.add(f"{number}.{number % 10}")
    found, facts = counter.summary(), dict(counter.summary().facts)
    assert len(counter.values) <= 12
    assert sum(bar.count for bar in found.bars) == 1_000
    assert (facts["最小"], facts["最大"], facts["合计"]) == ("0", "999.9", "499950")
    assert "中位数" not in facts


def test_the_sum_of_scores_is_exact_however_many_and_large():
    counter = measuring.Measuring("a", "a")
    for _ in range(100):
        counter.add("12345678901234567890.0000000001")
    assert dict(counter.summary().facts)["合计"] == "1234567890123456789000"
    assert counter.sum == Decimal("1234567890123456789000.00000001")


def test_more_choices_than_are_remembered_are_counted_as_others(monkeypatch):
    monkeypatch.setattr(summaries, "MOST_VALUES", 2)
    counter = summaries.Counting("a", "a", {})
    for value in ("甲", "乙", "丙", "甲", "丁"):
        counter.add(value)
    assert [(bar.label, bar.count) for bar in counter.summary().bars] == [("甲", 2), ("乙", 1), ("其他", 2)]


def test_all_submissions_are_counted_however_few_are_read_at_a_time(client, monkeypatch):
    monkeypatch.setattr(rows, "BATCH", 2)
    form = make_form(one_step(question("choice", "a", list="l"), question("yes_no", "b"), lists=LISTS))
    for _ in range(5):
        make_submission(form, {"a": "x", "b": "yes"})
    client.force_login(make_bureau_user("bureau_editor"))
    page = client.get(reverse("forms_statistics", args=[form.slug]), {"across": "b", "down": "a"})
    assert page.context["statistics"].total == 5
    assert page.context["crossed"].rows()[0] == ("好", [5, 0], 5)


def test_days_are_counted_by_month_with_empty_months_between():
    found = summary(one_step(question("date", "a")), {"a": "2026-09-01"}, {"a": "2026-11-30"})
    assert [(bar.label, bar.count) for bar in found.bars] == [("2026-09", 1), ("2026-10", 0), ("2026-11", 1)]


def test_a_matrix_is_counted_row_by_row():
    rows = [{"name": "study", "label": "学习"}]
    found = summary(
        one_step(question("matrix", "m", list="l", rows=rows), lists=LISTS), {"m": {"study": "y"}}
    )
    assert [(bar.label, bar.count) for bar in found.bars] == [("好", 0), ("差", 1)]


def test_the_items_of_a_roster_are_counted_one_by_one():
    roster = {"type": "roster", "name": "g", "label": "g", "items": [question("integer", "age")]}
    found = summary(one_step(roster), {"g": [{"age": 50}, {"age": 70}]})
    assert dict(found.facts)["平均"] == "60"


def test_a_sensitive_question_is_not_there():
    form = make_form(one_step(question("choice", "a", list="l", sensitive=True, purpose="联系"), lists=LISTS))
    make_submission(form, {"a": "x"})
    assert gather(form.live.document, read(Submission.objects.all())).summaries == []


def test_two_questions_are_crossed():
    form = make_form(one_step(question("choice", "a", list="l"), question("yes_no", "b"), lists=LISTS))
    for plain in ({"a": "x", "b": "yes"}, {"a": "x", "b": "yes"}, {"a": "y", "b": "no"}):
        make_submission(form, plain)
    table = crossing_of(form.live.document, "b", "a")
    assert table is not None
    gather(form.live.document, read(Submission.objects.all()), table)
    assert table.rows() == [("好", [2, 0], 2), ("差", [0, 1], 1)]


def test_a_school_sees_the_statistics_of_its_own(client):
    one, two = make_school(), make_school()
    form = make_form(one_step(question("text", "a")))
    make_submission(form, {"a": "一"}, school=one)
    make_submission(form, {"a": "二"}, school=two)
    client.force_login(make_school_user(one, "school_head"))
    data = client.get(reverse("forms_statistics", args=[form.slug]), {"as": "json"}).json()
    assert data["total"] == 1
    assert [bar["label"] for bar in data["by_school"]] == [one.name]


def test_the_page_says_when_there_is_nothing(client):
    form = make_form(one_step(question("text", "a")))
    client.force_login(make_bureau_user("bureau_editor"))
    assert "没有符合条件的提交" in client.get(reverse("forms_statistics", args=[form.slug])).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_submissions(client, django_assert_max_num_queries):
    form = make_form(one_step(question("choice", "a", list="l"), lists=LISTS))
    for _ in range(8):
        make_submission(form, {"a": "x"})
    client.force_login(make_bureau_user("bureau_editor"))
    with django_assert_max_num_queries(20):
        assert client.get(reverse("forms_statistics", args=[form.slug])).status_code == 200
