"""The staff's search: own drafts marked, others' unseen, saved searches, lists to take away, a plan begun again."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.pages.models import PlanIndexPage, PlanPage
from cms.people.models import Role
from cms.staff_search.export import safe
from cms.staff_search.saved import counted, mail_news
from search.models import SavedSearch
from search.service import SearchUnavailable, drain
from tests.factories import make_bureau_user, make_news, make_plan, make_policy, make_school, make_school_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def editor(client):
    client.force_login(make_bureau_user(email="editor@example.org"))
    return client


def settle() -> None:
    while drain().changed:
        pass


def html_of(client, query: str = "", name: str = "cms_search", *args) -> str:
    settle()
    response = client.get(f"{reverse(name, args=args)}?{query}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_school_finds_its_own_drafts_marked_and_nobody_elses(client):
    mine, other = make_school(), make_school()
    draft, hidden = make_news(mine, "校车草稿甲", live=False), make_news(other, "校车草稿乙", live=False)
    shown = make_news(other, "校车新闻")
    client.force_login(make_school_user(mine))
    html = html_of(client, "q=校车")
    assert f'href="{edit_url(draft)}"' in html
    assert "未公开" in html
    assert "乙" not in html
    assert edit_url(hidden) not in html
    assert f'href="{shown.url}"' in html
    assert edit_url(shown) not in html
    offered = client.get(reverse("cms_suggest"), {"q": "校车草稿"}).json()["items"]
    assert offered == ["校车草稿甲"]


def test_the_bureau_finds_every_draft_and_edits_it(editor):
    draft = make_news(make_school(), "校车草稿", live=False)
    assert f'href="{edit_url(draft)}"' in html_of(editor, "q=校车")


def test_what_the_index_has_not_heard_of_yet_is_left_out(editor):
    page = make_news(make_school(), "校车新闻")
    settle()
    page.delete()
    response = editor.get(reverse("cms_search"), {"q": "校车"})
    assert "校车新闻" not in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_results(editor, django_assert_max_num_queries):
    school = make_school()
    for number in range(12):
        make_news(school, f"校车演练{number}")
    html_of(editor, "q=校车")
    with django_assert_max_num_queries(40):
        editor.get(reverse("cms_search"), {"q": "校车"})


def test_a_search_is_kept_and_says_what_is_new_since(editor):
    make_policy("校车办法")
    settle()
    editor.post(reverse("cms_search_save"), {"name": "校车", "state": "q=校车"})
    saved = SavedSearch.objects.get()
    assert len(saved.seen) == 1
    make_policy("校车通知")
    settle()
    SavedSearch.objects.update(counted_at=timezone.now() - timedelta(hours=1))
    assert [one.fresh for one in counted(saved.user)] == [1]
    assert "1 条新内容" in editor.get("/admin/").content.decode()
    html = html_of(editor, f"q=校车&saved={saved.pk}")
    assert "上次查看后新增 1 条" in html
    assert "上次查看后新增" not in html_of(editor, f"q=校车&saved={saved.pk}")


def test_a_search_needs_words_and_a_name_of_its_own(editor):
    for state in ("", "q=校车", "q=校车"):
        editor.post(reverse("cms_search_save"), {"name": "校车", "state": state})
    assert SavedSearch.objects.count() == 1


def test_saved_searches_are_their_owners_alone(editor, client):
    saved = SavedSearch.objects.create(user=make_bureau_user(), name="别人的", query={"query": "q=校车"})
    assert "别人的" not in html_of(editor, f"q=校车&saved={saved.pk}")
    for verb in ("delete", "mail"):
        assert editor.post(reverse("cms_search_saved", args=[saved.pk, verb])).status_code == 404
    assert SavedSearch.objects.filter(pk=saved.pk, by_mail=False).exists()


def test_who_asks_for_it_gets_one_mail_about_what_is_new(editor, mailoutbox):
    settle()
    editor.post(reverse("cms_search_save"), {"name": "校车", "state": "q=校车", "by_mail": "1"})
    assert mail_news() == 0
    make_policy("校车通知")
    settle()
    assert (mail_news(), mail_news()) == (1, 0)
    (message,) = mailoutbox
    assert message.to == ["editor@example.org"]
    assert "校车：新增 1 条" in message.body
    assert "/admin/search/?q=" in message.body


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_results_are_taken_away_within_the_readers_scope(client, suffix):
    mine, other = make_school(), make_school()
    make_news(mine, "=校车草稿甲", live=False)
    make_news(other, "校车草稿乙", live=False)
    settle()
    client.force_login(make_school_user(mine))
    response = client.get(reverse("cms_search_export", args=[suffix]), {"q": "校车"})
    content = b"".join(response.streaming_content)
    if suffix == "csv":
        rows = content.decode("utf-8-sig").splitlines()
        assert rows[1].startswith("'=校车草稿甲,")
    else:
        cells = load_workbook(BytesIO(content)).active
        rows = list(cells.iter_rows())
        assert (rows[1][0].value, rows[1][0].data_type) == ("=校车草稿甲", "s")
    assert len(rows) == 2


def test_a_long_list_is_cut_with_a_word(editor, monkeypatch):
    monkeypatch.setattr("cms.staff_search.export.MOST", 1)
    make_policy("校车办法")
    make_policy("校车通知")
    settle()
    response = editor.get(reverse("cms_search_export", args=["csv"]), {"q": "校车"})
    rows = b"".join(response.streaming_content).decode().splitlines()
    assert "仅导出前 1 条，共 2 条" in rows[-1]
    assert len(rows) == 3


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@a", "＝1"])
def test_no_cell_of_a_csv_begins_a_formula(text):
    assert safe(text) == f"'{text}"


def test_while_the_engine_is_down_titles_are_found_and_nothing_fails(editor, monkeypatch):
    make_policy("校车办法")
    settle()

    def down(*_args):
        raise SearchUnavailable("no route to host")

    monkeypatch.setattr("cms.web.search.views.ask", down)
    monkeypatch.setattr("cms.staff_search.views.ask", down)
    assert "校车办法" in html_of(editor, "q=校车")
    assert editor.get(reverse("cms_search_export", args=["csv"]), {"q": "校车"}).status_code == 302


def test_similar_plans_of_a_draft_are_shown_to_who_may_see_it(client):
    school = make_school()
    section = {"heading": "措施", "body": "<p>每周组织亲情电话。</p>", "key": ""}
    draft = make_plan(school, "甲计划", live=False, sections=[("section", section)])
    make_plan(make_school(), "乙计划", sections=[("section", section)])
    settle()
    client.force_login(make_school_user(school))
    assert "乙计划" in html_of(client, "", "cms_similar", "plan", draft.pk)
    client.force_login(make_school_user(make_school()))
    assert client.get(reverse("cms_similar", args=["plan", draft.pk])).status_code == 404


def test_a_plan_is_begun_again_for_another_year_and_school(editor):
    old, new = make_school(name="石桥小学"), make_school(name="柳溪小学")
    plan = make_plan(old, "石桥小学2025—2026学年关爱计划", school_year=2025)
    place = PlanIndexPage.objects.get(school=new)
    html = html_plain(editor, plan)
    assert "石桥小学2026—2027学年关爱计划" in html
    data = {"place": place.pk, "school_year": "2026", "term": "year", "title": ""}
    editor.post(reverse("cms_plan_again", args=[plan.pk]), data)
    made = PlanPage.objects.get(school=new)
    assert made.title == "柳溪小学2026—2027学年关爱计划"
    assert not made.live
    assert [child.value["heading"] for child in made.sections] == [c.value["heading"] for c in plan.sections]


def html_plain(client, plan) -> str:
    response = client.get(reverse("cms_plan_again", args=[plan.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_another_schools_draft_begins_nothing(client):
    draft = make_plan(make_school(), "草稿", live=False)
    client.force_login(make_school_user(make_school()))
    assert client.get(reverse("cms_plan_again", args=[draft.pk])).status_code in {302, 403}


def test_inspectors_find_but_begin_and_edit_nothing(client):
    plan = make_plan(make_school(), "校车计划")
    client.force_login(make_bureau_user(Role.INSPECTOR))
    html = html_of(client, "q=校车")
    assert plan.url in html
    assert edit_url(plan) not in html
    assert reverse("cms_plan_again", args=[plan.pk]) not in html
