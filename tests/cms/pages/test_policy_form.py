"""The form of a policy refuses at the field what cannot be."""

import pytest

from cms.pages.forms.policy import DOCUMENT_NUMBER, tidy_document_number
from cms.pages.models import PolicyReplacement
from tests.cms.pages.helpers import form_of, inline
from tests.factories import make_bureau_user, make_policy

pytestmark = pytest.mark.django_db


def errors_of_replacements(form) -> list[str]:
    assert not form.is_valid()
    return [e for f in form.formsets["replacements"].forms for e in f.errors.get("earlier", [])]


def test_a_policy_saves_unchanged():
    form = form_of(make_policy(), make_bureau_user())
    assert form.is_valid(), form.errors


def test_a_policy_cannot_replace_itself():
    page = make_policy()
    form = form_of(page, make_bureau_user(), replacements=inline({"earlier": page.pk, "kind": "whole"}))
    assert errors_of_replacements(form) == ["文件不能替代自己。"]


def test_a_policy_cannot_be_replaced_by_what_it_replaces():
    first, second, third = make_policy("甲"), make_policy("乙"), make_policy("丙")
    PolicyReplacement.objects.create(page=second, earlier=first)
    PolicyReplacement.objects.create(page=third, earlier=second)
    form = form_of(first, make_bureau_user(), replacements=inline({"earlier": third.pk, "kind": "whole"}))
    assert errors_of_replacements(form) == ["“丙”本身替代了本文件，不能互相替代。"]


def test_a_policy_is_replaced_once():
    page, earlier = make_policy(), make_policy()
    row = {"earlier": earlier.pk, "kind": "whole"}
    form = form_of(page, make_bureau_user(), replacements=inline(row, row))
    assert errors_of_replacements(form) == ["列表中已有该文件。"]


def test_a_later_policy_cannot_be_replaced():
    page, later = make_policy(date="2026-01-01"), make_policy("新文件", date="2026-02-01")
    form = form_of(page, make_bureau_user(), replacements=inline({"earlier": later.pk, "kind": "part"}))
    assert errors_of_replacements(form) == ["“新文件”的成文日期晚于本文件。"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("effective_on", "2026-02-28"), ("repealed_on", "2026-02-28"), ("date", "0026-03-01")],
)
def test_dates_out_of_order_are_refused_at_the_field(field, value):
    form = form_of(make_policy(), make_bureau_user(), **{field: value})
    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize(
    "text", ["心教发[2026]3号", "心教发（2026） 3 号", "心教发【2026】3号", "心教发〔2026〕3号"]
)
def test_the_year_of_a_document_number_stands_in_its_brackets(text):
    assert tidy_document_number(text) == "心教发〔2026〕3号"
    assert DOCUMENT_NUMBER.match(tidy_document_number(text))


def test_an_odd_document_number_is_kept():
    form = form_of(make_policy(), make_bureau_user(), document_number="教基厅函2026年第3号")
    assert form.is_valid()
    assert not DOCUMENT_NUMBER.match(form.cleaned_data["document_number"])
