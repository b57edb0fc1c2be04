"""What surrounds the pages: menus, settings, redirects, media, changes, and the screens of tokens."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from cms.api.tokens.actions import CreateToken
from cms.api.tokens.models import ApiToken
from cms.pages.models import BureauSettings
from cms.people.models import Role
from tests.cms.api.test_lists import get
from tests.factories import (
    make_bureau_user,
    make_document,
    make_image,
    make_news,
    make_policy,
    make_school,
    make_school_user,
    make_topic,
)

pytestmark = pytest.mark.django_db


def test_the_menu_lists_the_public_sections_in_order(client):
    titles = [item["title"] for item in get(client, "menus")["items"]]
    assert titles == ["政策文件", "活动新闻", "工作计划", "计划模板", "学校名录"]


def test_settings_tell_the_bureau(client):
    assert get(client, "settings")["bureau_name"] == "心桥"
    BureauSettings.objects.create(site=Site.objects.get(is_default_site=True), bureau_name="心桥县教育局")
    assert get(client, "settings")["bureau_name"] == "心桥县教育局"


def test_topics_are_listed(client):
    make_topic("安全")
    assert [t["name"] for t in get(client, "topics")["items"]] == ["安全"]
    assert "total" in get(client, "kinds")


def test_a_page_is_found_by_its_address(client):
    policy = make_policy("办法")
    found = get(client, f"pages?path={policy.url}")
    assert (found["type"], found["title"]) == ("policy", "办法")
    assert found["body"]
    assert get(client, "pages?path=/")["type"] == "home"
    assert get(client, "pages?path=/policies")["type"] == "policy_index"
    assert get(client, f"pages?path={make_school(code='one').page.url}")["school"]["code"] == "one"


def test_a_draft_is_not_found_by_its_address(client):
    get(client, f"pages?path={make_policy(live=False).url}", 404)
    get(client, "pages?path=/nowhere/", 404)
    get(client, "pages", 422)


def test_an_old_address_leads_to_the_new_one(client):
    policy = make_policy()
    Redirect.add_redirect("/old/", redirect_to=policy, is_permanent=True)
    Redirect.add_redirect("/away/", redirect_to="https://www.example.cn/", is_permanent=False)
    Redirect.add_redirect("/secret/", redirect_to=make_policy(live=False))
    found = get(client, "pages?path=/old/")
    assert found == {
        "type": "redirect",
        "from_path": "/old",
        "to": f"http://testserver{policy.url}",
        "permanent": True,
    }
    assert [item["from_path"] for item in get(client, "redirects")["items"]] == ["/away", "/old"]


def test_a_picture_is_there_once_a_published_page_shows_it(client):
    image = make_image()
    get(client, f"images/{image.pk}", 404)
    make_news(make_school(), picture=image)
    found = get(client, f"images/{image.pk}")
    assert set(found["presets"]) == {"lead", "list", "body", "thumb"}
    assert found["presets"]["list"]["src"].startswith("http://testserver/")


def test_a_document_is_there_once_a_published_page_links_it(client):
    document = make_document("方案")
    get(client, f"documents/{document.pk}", 404)
    make_policy(body=[("attachment", {"document": document, "title": ""})])
    found = get(client, f"documents/{document.pk}")
    assert (found["title"], found["type"], found["size"]) == ("方案", "text/plain", 4)


def test_the_feed_tells_changes_from_a_cursor(client, django_capture_on_commit_callbacks):
    start = get(client, "changes?cursor=now")["cursor"]
    with django_capture_on_commit_callbacks(execute=True):
        policy = make_policy("新办法")
    answer = get(client, f"changes?cursor={start}")
    assert {(c["kind"], c["object_id"]) for c in answer["items"]} == {("page.published", policy.pk)}
    assert answer["items"][0]["url"] == f"http://testserver{policy.url}"
    assert get(client, answer["next"])["items"] == []


def test_the_feed_begins_at_the_oldest_change_kept(client):
    assert "items" in get(client, "changes")


def test_the_feed_refuses_a_cursor_that_is_none(client):
    get(client, "changes?cursor=abc", 422)


def test_rich_text_is_clean_and_its_links_lead_somewhere(client):
    policy, draft = make_policy(), make_policy(live=False)
    text = (
        f'<p>见<a linktype="page" id="{policy.pk}">办法</a>和<a linktype="page" id="{draft.pk}">草案</a>'
        '<script>alert(1)</script><a href="javascript:x">坏</a><a href="/news/">新闻</a></p>'
    )
    page = make_policy(body=[("text", text)])
    value = get(client, f"policies/{page.pk}")["body"][0]["value"]
    assert value == (
        f'<p>见<a href="http://testserver{policy.url}">办法</a>和<a>草案</a>'
        '<a>坏</a><a href="http://testserver/news/">新闻</a></p>'
    )


def test_a_picture_of_a_page_of_a_restricted_school_is_not_told(client):
    school, image = make_school(), make_image()
    make_news(school, picture=image)
    PageViewRestriction.objects.create(page=school.page, restriction_type=PageViewRestriction.LOGIN)
    get(client, f"images/{image.pk}", 404)


# Tokens' screens and command


def test_the_bureau_administrator_makes_a_token_and_sees_it_once(client):
    owner = make_bureau_user()
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    form = {"name": "前端", "user": owner.pk, "scopes": ["read:public"], "days": "30"}
    page = client.post("/admin/content-tokens/create/", form)
    token = ApiToken.objects.get()
    assert f"xq_{token.prefix}_" in page.content.decode()
    listed = client.get("/admin/content-tokens/").content.decode()
    assert token.prefix in listed
    assert f"xq_{token.prefix}_" not in listed.replace("xq_…", "")


def test_a_token_is_revoked_and_its_row_stays(client):
    token, _key = CreateToken("前端", make_bureau_user(), ["read:public"]).execute()
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    client.post(f"/admin/content-tokens/delete/{token.pk}/")
    token.refresh_from_db()
    assert token.revoked_at


def test_others_neither_see_nor_make_tokens(client):
    school = make_school()
    for user in (make_bureau_user(Role.BUREAU_EDITOR), make_school_user(school, Role.SCHOOL_HEAD)):
        client.force_login(user)
        assert client.get("/admin/content-tokens/").status_code in (302, 403)
        assert client.post("/admin/content-tokens/create/", {"name": "x"}).status_code in (302, 403)
        with pytest.raises(PermissionDenied):
            CreateToken("x", user, ["read:public"], user=user).execute()
    assert not ApiToken.objects.exists()


def test_a_wrong_form_keeps_what_was_typed_and_says_what_is_wrong(client):
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    page = client.post("/admin/content-tokens/create/", {"name": "前端程序", "days": "9999"}).content.decode()
    assert "前端程序" in page
    assert not ApiToken.objects.exists()


def test_the_command_makes_lists_and_revokes(capsys):
    owner = make_bureau_user()
    call_command("api_token", "create", "--user", owner.username, "--name", "脚本", "--scope", "read:public")
    key = capsys.readouterr().out.strip()
    token = ApiToken.objects.get()
    assert key.startswith(f"xq_{token.prefix}_")
    call_command("api_token", "list")
    assert "usable" in capsys.readouterr().out
    call_command("api_token", "revoke", token.prefix)
    call_command("api_token", "list")
    assert "ended" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("api_token", "create", "--user", "nobody", "--name", "x")
