"""The holes that stock Wagtail leaves between two schools, one test each."""

import json

import pytest
from django.urls import reverse
from wagtail.models import APIToken, Site

from cms.pages.models import ActivityKind, ActivityNewsPage, BasePage
from cms.people.models import User
from tests.cms.moderation.forms import form_data
from tests.cms.tenancy.world import CANARY, fill_search_index
from tests.factories import make_policy


@pytest.fixture
def editor(world):
    return world.client("school_editor")


def get(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def text(answer) -> str:
    return (
        answer.content.decode().encode().decode("unicode_escape", errors="ignore") + answer.content.decode()
    )


# Page chooser.


def test_the_chooser_lists_no_page_of_another_school(editor, world):
    answer = get(editor, "wagtailadmin_choose_page_child", world.a.school.page.get_parent().pk)
    assert world.b.school.page.title not in text(answer)
    assert world.a.school.page.title in text(answer)


def test_the_chooser_finds_no_draft_of_another_school(editor, world):
    assert CANARY in text(get(world.client("bureau_editor"), "wagtailadmin_choose_page_search", q="草稿"))
    assert CANARY not in text(get(editor, "wagtailadmin_choose_page_search", q="草稿"))


def test_the_chooser_does_not_open_another_schools_page(editor, world):
    answer = get(editor, "wagtailadmin_choose_page_child", world.b.news_index.pk)
    assert answer.status_code == 302


def test_the_chooser_does_not_show_what_was_never_choosable(editor, world):
    answer = get(editor, "wagtailadmin_choose_page_chosen_multiple", id=world.b.draft.pk)
    assert answer.status_code == 302


def test_the_chooser_offers_the_bureaus_public_policies(editor):
    make_policy("校园安全办法")
    fill_search_index()
    assert "校园安全办法" in text(get(editor, "wagtailadmin_choose_page_search", q="校园安全办法"))


def test_a_public_page_keeps_its_unpublished_title_to_its_school(editor, world):
    policy = make_policy("公开办法")
    policy.title = f"未发布的新名称{CANARY}"
    policy.save_revision()
    answer = text(get(editor, "wagtailadmin_choose_page_child", policy.get_parent().pk))
    assert "公开办法" in answer
    assert CANARY not in answer


# Media choosers, usage, uploads.


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("wagtailimages_chooser:chosen", "image"),
        ("wagtaildocs_chooser:chosen", "document"),
        ("wagtailimages:edit", "image"),
        ("wagtailimages:image_usage", "image"),
        ("wagtailimages:delete", "image"),
        ("wagtailimages:url_generator", "image"),
        ("wagtaildocs:edit", "document"),
        ("wagtaildocs:document_usage", "document"),
        ("wagtaildocs:delete", "document"),
    ],
)
def test_another_schools_media_are_not_shown(editor, world, name, thing):
    answer = get(editor, name, getattr(world.b, thing).pk)
    assert answer.status_code in {302, 403, 404}


def test_an_upload_into_another_schools_collection_is_refused(editor, world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from cms.media.models import SiteDocument

    theirs = world.b.school.media.collection
    file = SimpleUploadedFile("f.txt", b"x", "text/plain")
    url = reverse("wagtaildocs:add_multiple")
    editor.post(
        url,
        {"files[]": file, "collection": theirs.pk, "title": "x"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert SiteDocument.objects.filter(collection=theirs).count() == 1


def test_a_picture_is_not_moved_into_another_schools_collection(editor, world):
    image, theirs = world.a.image, world.b.school.media.collection
    editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "x", "collection": theirs.pk, "consent": "given"},
    )
    image.refresh_from_db()
    assert image.collection == world.a.school.media.collection


def test_tags_of_other_schools_are_not_offered(editor):
    for name in ("wagtailimages:index", "wagtaildocs:index", "wagtailimages_chooser:choose"):
        assert CANARY not in text(get(editor, name))
    assert get(editor, "wagtailadmin_tag_autocomplete", term="标签").status_code == 302


def test_names_of_other_schools_people_are_not_offered_in_filters(editor, world):
    assert CANARY not in text(get(editor, "wagtailadmin_explore", world.a.news_index.pk))
    assert CANARY not in text(get(editor, "wagtailadmin_pages:history", world.a.draft.pk))


# Pages.


@pytest.mark.parametrize(
    "name",
    [
        "edit",
        "history",
        "usage",
        "workflow_history",
        "view_draft",
        "revisions_index",
        "copy",
        "move",
        "set_privacy",
        "lock",
    ],
)
def test_another_schools_page_is_not_opened(editor, world, name):
    assert get(editor, f"wagtailadmin_pages:{name}", world.b.draft.pk).status_code in {302, 404}


def test_another_schools_versions_are_not_compared(editor, world):
    url = reverse("wagtailadmin_pages:revisions_compare", args=[world.b.draft.pk, "earliest", "latest"])
    assert editor.get(url).status_code == 302


def test_a_bulk_action_names_no_page_of_another_school(editor, world):
    url = reverse("wagtail_bulk_action", args=["cms", "basepage", "delete"])
    assert editor.get(url, {"id": world.b.draft.pk, "next": "/admin/"}).status_code == 302
    assert editor.post(f"{url}?id={world.b.draft.pk}&next=/admin/").status_code == 302
    assert BasePage.objects.filter(pk=world.b.draft.pk).exists()


def test_a_page_is_not_copied_to_another_school(editor, world):
    url = reverse("wagtailadmin_pages:copy", args=[world.a.draft.pk])
    data = {"new_title": "x", "new_slug": "x", "new_parent_page": world.b.news_index.pk}
    assert editor.post(url, data).status_code == 302
    assert not world.b.news_index.get_children().filter(slug="x").exists()


def test_a_page_cannot_point_to_another_schools_picture(editor, world):
    data = form_data(world.a.draft, world.a.writer) | {"picture": str(world.b.image.pk)}
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[world.a.draft.pk]), data)
    assert answer.status_code == 302
    draft = ActivityNewsPage.objects.get(pk=world.a.draft.pk).get_latest_revision_as_object()
    assert draft.picture_id is None


def test_a_page_cannot_point_to_another_schools_plan_and_its_title_is_not_told(editor, world):
    data = form_data(world.a.draft, world.a.writer) | {"related_plan": str(world.b.plan.pk), "title": ""}
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[world.a.draft.pk]), data)
    assert CANARY not in text(answer)


def test_a_session_on_another_schools_page_is_not_pinged(editor, world):
    url = reverse("wagtailadmin_editing_sessions:ping", args=["cms", "activitynewspage", world.b.draft.pk, 1])
    assert editor.post(url).status_code in {302, 404}


def test_the_task_of_another_page_is_not_decided_through_ones_own(editor, world):
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[world.a.submitted.pk, "approve", world.b.task_state.pk]
    )
    editor.post(url)
    assert not ActivityNewsPage.objects.get(pk=world.b.submitted.pk).live


# Reports, word lists, redirects, people, tokens.


@pytest.mark.parametrize(
    "name", ["page_types_usage", "site_history", "locked_pages", "workflow", "workflow_tasks", "aging_pages"]
)
def test_reports_are_the_bureaus(editor, world, name):
    assert get(editor, f"wagtailadmin_reports:{name}").status_code == 302
    assert get(world.client("bureau_editor"), f"wagtailadmin_reports:{name}").status_code == 200


def test_word_lists_are_changed_by_the_bureau_alone(editor, world):
    kind = ActivityKind.objects.first()
    for name in ("edit", "delete", "usage", "history"):
        url = reverse(f"wagtailsnippets_cms_activitykind:{name}", args=[kind.pk])
        assert editor.get(url).status_code == 302
        assert editor.post(url, {"name": "x", "slug": "x", "order": "1"}).status_code in {302, 403}
    kind.refresh_from_db()
    assert kind.name != "x"
    url = reverse("wagtailsnippets_cms_activitykind:edit", args=[kind.pk])
    world.client("bureau_editor").post(url, {"name": "新名", "slug": "x", "order": "1"})
    kind.refresh_from_db()
    assert kind.name == "新名"


def test_word_lists_are_not_in_a_schools_menu(editor):
    assert reverse("wagtailsnippets:index") not in text(get(editor, "wagtailadmin_home"))


@pytest.mark.parametrize("role", ["school_editor", "school_head", "inspector", "bureau_editor"])
def test_redirects_are_the_bureau_administrators(world, role):
    assert get(world.client(role), "wagtailredirects:index").status_code == 302
    assert get(world.client("bureau_admin"), "wagtailredirects:index").status_code == 200


@pytest.mark.parametrize("role", ["school_editor", "school_head", "bureau_editor", "bureau_admin"])
@pytest.mark.parametrize(
    "name",
    [
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailusers_api_tokens:index",
        "wagtailsites:index",
    ],
)
def test_wagtails_users_groups_tokens_and_sites_are_the_operators(world, role, name):
    assert get(world.client(role), name).status_code == 302


@pytest.mark.parametrize("role", ["school_editor", "school_head", "bureau_editor", "bureau_admin"])
def test_nobody_mints_a_token_for_another(world, role):
    before = APIToken.objects.count()
    data = {"name": "x", "user": world.people["bureau_admin"].pk}
    world.client(role).post(reverse("wagtailusers_api_tokens:add"), data)
    assert APIToken.objects.count() == before


def test_nobody_below_the_operator_holds_a_right_over_users_groups_or_tokens(world):
    for role, user in world.people.items():
        if user and role != "superuser":
            held = User.objects.get(pk=user.pk).get_all_permissions()
            assert not [
                right for right in held if right.rsplit("_")[-1] in {"user", "group", "apitoken", "site"}
            ]


def test_a_host_that_is_not_ours_is_refused(client, db):
    for path in ("/", "/admin/login/", "/api/v3/pages/"):
        assert client.get(path, headers={"host": "unknown.test"}).status_code == 400


def test_the_user_bar_shows_nothing_of_another_schools_page(editor, world):
    answer = editor.get(world.b.live.url)
    assert CANARY not in text(answer)


def test_the_admins_own_api_lists_no_media_and_acts_for_no_school(editor, world):
    assert get(editor, "wagtailadmin_api:images:listing").status_code in {302, 403}
    url = reverse("wagtailadmin_api:pages:action", args=[world.a.draft.pk, "publish"])
    assert editor.post(url, json.dumps({}), "application/json").status_code in {302, 403}


def test_a_default_group_of_wagtail_opens_nothing(world, client):
    from django.contrib.auth.models import Group

    from tests.factories import make_user

    stranger = make_user()
    stranger.groups.add(*Group.objects.filter(name__in=["Editors", "Moderators"]))
    client.force_login(stranger)
    assert get(client, "wagtailadmin_pages:edit", world.b.draft.pk).status_code == 302
    assert Site.objects.count() == 1
