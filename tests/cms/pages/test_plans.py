"""Plans are started from a template; its later changes are offered, never forced."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cms.pages.actions import DeclineTemplateChanges, StartPlan, TakeTemplateChanges
from cms.pages.models import PlanIndexPage, PlanPage
from cms.pages.plan_template import (
    empty_required_sections,
    guidance,
    offered_revision,
    template_changes,
)
from cms.people.models import Role
from tests.factories import make_bureau_user, make_plan, make_school, make_school_user, make_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def editor(school):
    return make_school_user(school)


def start(school, editor, template, **options) -> PlanPage:
    parent = PlanIndexPage.objects.get(school=school)
    options = {"school_year": 2026, **options}
    return StartPlan(template=template, parent=parent, user=editor, **options).execute()


def publish_change(template, change) -> None:
    """Publish the template anew after `change(draft)`."""
    draft = template.get_latest_revision_as_object()
    change(draft)
    draft.save_revision().publish()


def latest(plan) -> PlanPage:
    return PlanPage.objects.get(pk=plan.pk).get_latest_revision_as_object()


def headings(plan) -> list[str]:
    return [child.value["heading"] for child in latest(plan).sections]


def kinds(plan) -> set[str]:
    return {change.id.split(":")[0] for change in template_changes(latest(plan))}


def write(plan, index: int, html: str) -> None:
    """The school writes into a section."""
    draft = latest(plan)
    child = draft.sections[index]
    draft.sections[index] = ("section", {**child.value, "body": html}, child.id)
    draft.save_revision()


def rename_first(draft) -> None:
    draft.sections[0].value["heading"] = "总体要求"


def drop_second(draft) -> None:
    del draft.sections[1]


def add_section(draft) -> None:
    draft.sections.insert(
        1, ("section", {"heading": "工作目标", "guidance": "", "required": False, "starter": "<p>目标</p>"})
    )


def change_row(draft) -> None:
    draft.calendar[1].value["work"] = "逐户家访"


def add_row(draft) -> None:
    draft.calendar.append(
        ("row", {"first_month": "11", "last_month": "", "label": "", "work": "结对", "key": ""})
    )


def drop_row(draft) -> None:
    del draft.calendar[0]


def change_guidance(draft) -> None:
    draft.sections[0].value["guidance"].source = "<p>先写依据，再写目标。</p>"


def test_a_started_plan_copies_sections_and_calendar_with_their_keys(school, editor):
    template = make_template("关爱工作计划模板")
    plan = start(school, editor, template, term="autumn")
    assert plan.title == "2026—2027学年第一学期关爱工作计划"
    assert [c.value["key"] for c in plan.sections] == [c.id for c in template.sections]
    assert [c.value["key"] for c in plan.calendar] == [c.id for c in template.calendar]
    assert plan.sections[1].value["body"].source == "<p>一、</p>"
    assert not plan.live
    assert latest(plan).template_revision_id == template.live_revision_id


def test_a_school_starts_plans_for_itself_alone(school):
    other = make_school_user(make_school())
    with pytest.raises(PermissionDenied):
        start(school, other, make_template())


def test_a_plan_is_started_from_published_templates_only(school, editor):
    with pytest.raises(ValidationError):
        start(school, editor, make_template(live=False))


def test_guidance_stands_beside_each_section(school, editor):
    plan = start(school, editor, make_template())
    first = guidance(plan)[0]
    assert first["key"] == plan.sections[0].value["key"]
    assert "写清依据" in str(first["guidance"])


def test_required_sections_that_are_empty_are_named(school, editor):
    template = make_template()
    plan = start(school, editor, template)
    assert empty_required_sections(latest(plan)) == ["指导思想"]
    write(plan, 0, "<p>以上级文件为指导。</p>")
    assert empty_required_sections(latest(plan)) == []


def test_markup_without_words_is_empty(school, editor):
    plan = start(school, editor, make_template())
    write(plan, 0, "<p>&nbsp;</p><p></p>")
    assert empty_required_sections(latest(plan)) == ["指导思想"]


def test_a_draft_of_the_template_is_not_offered(school, editor):
    template = make_template()
    plan = start(school, editor, template)
    draft = template.get_latest_revision_as_object()
    rename_first(draft)
    draft.save_revision()
    assert offered_revision(latest(plan)) is None


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (rename_first, "section_renamed"),
        (drop_second, "section_removed"),
        (add_section, "section_added"),
        (change_row, "row_changed"),
        (add_row, "row_added"),
        (drop_row, "row_removed"),
        (change_guidance, "guidance_changed"),
    ],
)
def test_each_kind_of_change_is_found(school, editor, change, kind):
    template = make_template()
    plan = start(school, editor, template)
    publish_change(template, change)
    assert kinds(plan) == {kind}


def test_nothing_changes_until_it_is_taken(school, editor):
    template = make_template()
    plan = start(school, editor, template)
    publish_change(template, rename_first)
    assert headings(plan) == ["指导思想", "主要措施"]


def test_chosen_changes_come_into_a_new_draft_and_others_do_not(school, editor):
    template = make_template()
    plan = start(school, editor, template)
    publish_change(template, lambda d: (rename_first(d), add_section(d), change_row(d), add_row(d)))
    chosen = [c.id for c in template_changes(latest(plan)) if not c.id.startswith("row_changed")]
    before = plan.revisions.count()
    TakeTemplateChanges(plan, editor, chosen).execute()
    assert headings(plan) == ["总体要求", "工作目标", "主要措施"]
    assert [c.value["work"] for c in latest(plan).calendar] == ["摸清底数", "家访", "结对"]
    assert PlanPage.objects.get(pk=plan.pk).revisions.count() == before + 1
    assert offered_revision(latest(plan)) is None


def test_a_dropped_section_goes_only_while_it_is_untouched(school, editor):
    template = make_template()
    untouched, written = start(school, editor, template), start(school, editor, template)
    write(written, 1, "<p>每月家访一次。</p>")
    publish_change(template, drop_second)
    for plan in (untouched, written):
        TakeTemplateChanges(plan, editor, [c.id for c in template_changes(latest(plan))]).execute()
    assert headings(untouched) == ["指导思想"]
    assert headings(written) == ["指导思想", "主要措施"]
    assert "每月家访一次" in latest(written).sections[1].value["body"].source


def test_a_heading_the_school_changed_stays(school, editor):
    template = make_template()
    plan = start(school, editor, template)
    draft = latest(plan)
    draft.sections[0].value["heading"] = "我校的指导思想"
    draft.save_revision()
    publish_change(template, rename_first)
    TakeTemplateChanges(plan, editor, [c.id for c in template_changes(latest(plan))]).execute()
    assert headings(plan)[0] == "我校的指导思想"


def test_a_row_the_school_changed_stays(school, editor):
    template = make_template()
    plan = start(school, editor, template)
    draft = latest(plan)
    draft.calendar[1].value["work"] = "电话家访"
    draft.save_revision()
    publish_change(template, change_row)
    TakeTemplateChanges(plan, editor, [c.id for c in template_changes(latest(plan))]).execute()
    assert latest(plan).calendar[1].value["work"] == "电话家访"


def test_not_now_holds_until_the_next_revision(school, editor):
    template = make_template()
    plan = start(school, editor, template)
    publish_change(template, rename_first)
    assert offered_revision(latest(plan))
    DeclineTemplateChanges(plan, editor).execute()
    assert offered_revision(latest(plan)) is None
    publish_change(template, add_section)
    assert offered_revision(latest(plan))


def test_another_school_cannot_take_changes(school, editor):
    template = make_template()
    plan = start(school, editor, template)
    publish_change(template, rename_first)
    stranger = make_school_user(make_school(), Role.SCHOOL_HEAD)
    with pytest.raises(PermissionDenied):
        TakeTemplateChanges(plan, stranger, []).execute()
    with pytest.raises(PermissionDenied):
        DeclineTemplateChanges(plan, stranger).execute()


def test_a_plan_outlives_its_template(school, editor):
    template = make_template()
    plan = start(school, editor, template)
    template.delete()
    plan = PlanPage.objects.get(pk=plan.pk)
    assert plan.template_page is None
    assert headings(plan) == ["指导思想", "主要措施"]
    assert template_changes(latest(plan)) == []


def test_the_start_screen_makes_a_draft_and_opens_it(client, school, editor):
    template = make_template()
    client.force_login(editor)
    place = PlanIndexPage.objects.get(school=school)
    page = client.get(reverse("cms_start_plan"), {"template": template.pk})
    assert template.title in page.content.decode()
    answer = client.post(
        reverse("cms_start_plan"),
        {"template": template.pk, "place": place.pk, "school_year": 2026, "term": "year", "title": ""},
    )
    plan = PlanPage.objects.get(school=school)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[plan.pk])


def test_the_start_screen_refuses_another_schools_place(client, school, editor):
    client.force_login(editor)
    other = PlanIndexPage.objects.get(school=make_school())
    data = {"template": make_template().pk, "place": other.pk, "school_year": 2026, "term": "year"}
    assert client.post(reverse("cms_start_plan"), data).status_code == 200
    assert not PlanPage.objects.exists()


def test_people_who_write_no_plans_have_no_start_screen(client):
    client.force_login(make_bureau_user(Role.INSPECTOR))
    assert client.get(reverse("cms_start_plan")).status_code == 302


def test_the_edit_screen_offers_the_change_and_the_choice_is_taken(client, school, editor):
    template = make_template()
    plan = start(school, editor, template)
    publish_change(template, lambda d: (rename_first(d), change_guidance(d), add_row(d)))
    client.force_login(editor)
    assert reverse("cms_template_changes", args=[plan.pk]) in _edit(client, plan)
    screen = client.get(reverse("cms_template_changes", args=[plan.pk])).content.decode()
    assert "章节“指导思想”改名为“总体要求”" in screen
    answer = client.post(reverse("cms_template_changes", args=[plan.pk]), {"change": _ids(plan), "take": ""})
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[plan.pk])
    assert headings(plan)[0] == "总体要求"
    assert reverse("cms_template_changes", args=[plan.pk]) not in _edit(client, plan)


def _edit(client, plan) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[plan.pk])).content.decode()


def _ids(plan) -> list[str]:
    return [change.id for change in template_changes(latest(plan))]


def test_rows_of_a_plan_are_given_to_its_school_alone(client, school, editor):
    plan = make_plan(
        school,
        calendar=[("row", {"first_month": "9", "last_month": "10", "label": "", "work": "家访", "key": ""})],
    )
    client.force_login(editor)
    assert (
        client.get(reverse("cms_plan_rows", args=[plan.pk])).json()["rows"][0]["label"] == "9月至10月 · 家访"
    )
    client.force_login(make_school_user(make_school()))
    assert client.get(reverse("cms_plan_rows", args=[plan.pk])).status_code == 404


def test_the_template_button_stands_on_plan_lists_and_templates(client, school, editor):
    client.force_login(editor)
    place = PlanIndexPage.objects.get(school=school)
    listing = client.get(reverse("wagtailadmin_explore", args=[place.pk])).content.decode()
    assert f"{reverse('cms_start_plan')}?place={place.pk}" in listing
