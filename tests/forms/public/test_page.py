"""Form pages: what they show, who may make them for which form, their short address and QR code."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from django.urls import reverse
from django.utils import timezone
from lxml import html
from PIL import Image

from cms.people.models import Role
from forms.filling.actions import SaveAnswers, StartDraft
from forms.filling.models import Draft
from forms.public.models import FormPage
from forms.public.visitor import Visitor
from forms.submissions.actions import SubmitDraft
from tests.factories import make_bureau_user, make_school, make_school_user
from tests.factories.forms import make_form, make_form_page, one_step, question
from tests.forms.public.conftest import Parent

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return " ".join(html.fromstring(answer.content).xpath("//main")[0].text_content().split())


def public_form(**fields):
    return make_form(one_step(question("text", "a")), audience="public", **fields)


def typed(form, **more) -> dict[str, str]:
    """Return what the editor of a form page sends."""
    return {
        "title": "征集意见",
        "intro": "",
        "form": str(form.pk),
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **more,
    }


def add(client, place, form):
    return client.post(reverse("wagtailadmin_pages:add", args=["forms", "formpage", place.pk]), typed(form))


def test_a_page_leads_to_its_form_while_it_is_open(client, form):
    page = make_form_page(form, intro="欢迎家长报名。")
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert "/forms/open-day/" in answer.content.decode()
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opens_at": timezone.now() + timedelta(days=1)}, "尚未开放"),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "截止"),
    ],
)
def test_a_page_says_why_its_form_is_not_open(client, form, rules, fields, words):
    rules(**fields)
    answer = client.get(make_form_page(form).url)
    assert words in text_of(answer)
    assert 'href="/forms/open-day/"' not in answer.content.decode()


def test_a_page_of_a_closed_form_says_so(client, form):
    page = make_form_page(form)
    form.state = "closed"
    form.save()
    assert "已关闭" in text_of(client.get(page.url))


def test_the_short_address_leads_to_the_page_wherever_it_stands(client, form):
    page = make_form_page(form)
    page.slug = "elsewhere"
    page.save_revision().publish()
    page.refresh_from_db()
    answer = client.get(f"/f/{page.code}/")
    assert answer.status_code == 302
    assert answer["Location"] == page.get_url(answer.wsgi_request)
    assert "elsewhere" in answer["Location"]


def test_the_short_address_of_an_unpublished_page_leads_nowhere(client, form):
    page = make_form_page(form, live=False)
    assert client.get(f"/f/{page.code}/").status_code == 404


def test_a_copy_has_a_short_address_of_its_own(form):
    page = make_form_page(form)
    copy = page.copy(update_attrs={"slug": "copy", "title": "副本"})
    assert copy.code
    assert copy.code != page.code
    copy.save_revision().publish()
    assert FormPage.objects.get(pk=copy.pk).code == copy.code


def test_the_qr_code_holds_the_short_address(client, form):
    page = make_form_page(form)
    client.force_login(make_bureau_user())
    answer = client.get(reverse("forms_page_qr_png", args=[page.pk]))
    read = zxingcpp.read_barcodes(Image.open(BytesIO(answer.content)).convert("L"))
    assert [one.text for one in read] == [page.short_url]
    drawn = client.get(reverse("forms_page_qr_svg", args=[page.pk]))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<svg" in drawn.content


def test_the_qr_code_of_another_schools_page_is_not_given(client):
    mine, other = make_school(), make_school()
    page = make_form_page(public_form(school=other), other)
    client.force_login(make_school_user(mine, Role.SCHOOL_EDITOR))
    assert client.get(reverse("forms_page_qr_png", args=[page.pk])).status_code in (302, 403, 404)


def test_a_school_editor_offers_a_form_of_her_school_and_leaves_publishing_to_the_bureau(client):
    school = make_school()
    form = public_form(school=school)
    client.force_login(make_school_user(school, Role.SCHOOL_EDITOR))
    add(client, school.page, form)
    page = FormPage.objects.get()
    assert page.school == school
    assert not page.live
    add_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(add_url, typed(form, **{"action-publish": "1"}))
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("kind", ["other", "teachers", "draft"])
def test_a_form_that_is_not_hers_to_offer_is_refused(client, kind):
    school = make_school()
    forms = {
        "other": lambda: public_form(school=make_school()),
        "teachers": lambda: make_form(one_step(question("text", "a")), school=school),
        "draft": lambda: make_form(None, audience="public", school=school),
    }
    client.force_login(make_school_user(school, Role.SCHOOL_EDITOR))
    answer = add(client, school.page, forms[kind]())
    assert answer.status_code == 200
    assert not FormPage.objects.exists()


def test_the_chooser_names_no_form_of_another_school(client):
    school = make_school()
    public_form(school=make_school(), title="别校表单")
    mine = public_form(school=school, title="本校表单")
    client.force_login(make_school_user(school, Role.SCHOOL_EDITOR))
    answer = client.get(reverse("wagtailadmin_pages:add", args=["forms", "formpage", school.page.pk]))
    page = html.fromstring(answer.content)
    offered = {option.get("value") for option in page.xpath("//select[@name='form']/option")} - {""}
    assert offered == {str(mine.pk)}


def test_the_editor_shows_link_and_code(client, form):
    page = make_form_page(form)
    client.force_login(make_bureau_user())
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert page.short_url in shown
    assert "qr__code" in shown


def test_the_api_reads_the_page(client, form):
    page = make_form_page(form, body=[("text", "<p>请家长参加。</p>")])
    answer = client.get("/api/v1/pages", {"path": page.url}).json()
    assert answer["type"] == "form"
    assert answer["form"]["slug"] == "open-day"
    assert answer["short_url"].endswith(f"/f/{page.code}/")


def test_the_sitemap_holds_the_page(client, form):
    page = make_form_page(form)
    assert page.url in client.get("/sitemap-pages.xml").content.decode()


def test_home_and_school_offer_their_pages(client, form):
    school = make_school()
    make_form_page(form, title="全县报名")
    make_form_page(public_form(school=school), school, title="本校征集")
    home, own = client.get("/").content.decode(), client.get(school.page.url).content.decode()
    assert "全县报名" in home
    assert "本校征集" not in home
    assert "本校征集" in own


def test_the_page_costs_a_fixed_number_of_queries(client, form, rules, django_assert_max_num_queries):
    rules(quota=10)
    page = make_form_page(form)
    client.get(page.url)
    with django_assert_max_num_queries(16):
        client.get(page.url)


def test_the_rules_are_set_in_the_admin(client, form):
    client.force_login(make_bureau_user())
    url = reverse("forms_public_rules", args=[form.pk])
    wrong = {
        "quota": "0",
        "once": "ever",
        "person_by": "answer",
        "person_question": "phone",
        "may_withdraw": "on",
    }
    assert "名额不能为零" in client.post(url, wrong).content.decode()
    assert client.post(url, {**wrong, "quota": "5", "closes_at": "2030-01-01T08:00"}).status_code == 302
    form.public_rules.refresh_from_db()
    assert form.public_rules.quota == 5
    assert timezone.localtime(form.public_rules.closes_at).hour == 8


def begun_from(page) -> Draft:
    """Begin, without an account, where the page leads."""
    parent = Parent()
    parent.open(page.url)
    parent.open(parent.page.xpath("//main//a[contains(@href, '/forms/')]/@href")[0])
    fields = dict(parent.page.xpath("//form[contains(@class, 'fill__begin')]")[0].form_values())
    parent.client.post("/forms/open-day/", fields)
    return Draft.objects.get()


def test_a_bureau_s_form_on_a_school_s_page_is_filled_in_for_that_school(form):
    school = make_school()
    draft = begun_from(make_form_page(form, school))
    assert draft.school == school
    answers = {("", "name"): "王小明", ("", "phone"): "13812345678"}
    SaveAnswers(draft, draft.revision, answers).execute()
    assert SubmitDraft(Draft.objects.get(), visitor=Visitor("b")).execute().school == school


def test_on_the_bureau_s_own_page_it_is_for_no_school(form):
    make_school()
    assert begun_from(make_form_page(form)).school is None


def test_only_a_public_page_of_the_same_form_tells_a_school(form):
    school = make_school()
    hidden = make_form_page(form, school, live=False)
    other = make_form_page(public_form(), school)
    for code in (hidden.code, other.code, "nothing"):
        assert StartDraft(form, page=code).execute().school is None


def test_people_with_an_account_fill_in_for_their_own_school(form):
    teacher = make_school_user(own := make_school(), Role.CLASS_TEACHER)
    page = make_form_page(form, make_school("远山小学"))
    assert StartDraft(form, teacher, page=page.code).execute().school == own


def test_a_front_end_of_its_own_names_the_page_by_its_code(client, form):
    page = make_form_page(form, school := make_school())
    listed = client.get("/api/v1/pages", {"path": page.url}).json()
    body = {"page": listed["code"]}
    made = client.post("/api/v1/forms/open-day/drafts", body, "application/json")
    assert Draft.objects.get(pk=made.json()["uuid"]).school == school
