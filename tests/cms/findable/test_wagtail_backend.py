"""Wagtail's own searches find Chinese: the admin's page search, choosers, lists of media, `?search=` of the APIs."""

import os
import random
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from cms.findable.folded import ensure_folded
from cms.findable.models import FoldedText
from cms.media.models import SiteDocument, SiteImage
from cms.pages.models import BasePage, PlanPage
from cms.pages.text import plain_text
from cms.people.models import Role
from search.service import SearchUnavailable
from tests.factories import (
    make_bureau_user,
    make_document,
    make_image,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_school_user,
)

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
CORPUS = Path(os.environ.get("CORPUS", ROOT.parent / "shared" / "corpus")) / "care-plans.txt"
WORDS = ["家访", "谈心", "联系卡", "亲情电话", "结对帮扶"]


def sections(text: str) -> list:
    return [("section", {"heading": "措施", "body": f"<p>{text}</p>", "key": ""})]


@pytest.fixture
def plan():
    return make_plan(make_school(), "关爱计划", sections=sections(f"班主任很忙。{'、'.join(WORDS)}。"))


def found(query, **kwargs) -> list[str]:
    return [page.title for page in BasePage.objects.exclude(depth=1).autocomplete(query, **kwargs)]


def shown(client, text: str, **params) -> str:
    """The results of the admin's page search, as the bureau sees them."""
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    response = client.get(reverse("wagtailadmin_pages:search_results"), {"q": text, **params})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("word", WORDS)
def test_the_admins_page_search_finds_chinese(client, plan, word):
    assert "关爱计划" in shown(client, word)


@pytest.mark.parametrize("word", ["關愛計劃", "關愛", "关爱 计划", "guanai", "gajh", "GAJH"])
def test_writing_and_sounds_do_not_matter(plan, word):
    assert found(word) == ["关爱计划"]


def test_width_and_case_do_not_matter():
    make_plan(make_school(), "Ｐｌａｎ计划（2026）")
    assert found("plan计划(2026)") == ["Ｐｌａｎ计划（2026）"]


def test_all_words_must_be_there_unless_one_will_do(plan):
    assert found("家访 谈心") == ["关爱计划"]
    assert found("家访 游泳") == []
    assert found("家访 游泳", operator="or") == ["关爱计划"]


def test_a_title_comes_before_a_text(plan):
    make_plan(plan.school, "家访计划")
    assert found("家访") == ["家访计划", "关爱计划"]


def test_a_given_order_stands(plan):
    make_plan(plan.school, "甲家访")
    pages = PlanPage.objects.order_by("title")
    assert [page.title for page in pages.search("家访", order_by_relevance=False)] == ["关爱计划", "甲家访"]


def test_the_queryset_is_never_left(plan):
    assert list(PlanPage.objects.none().search("家访")) == []
    assert list(PlanPage.objects.filter(live=False).search("家访")) == []


def test_a_draft_of_a_published_page_is_found_in_the_admin_alone(plan):
    plan.title = "改动后的标题"
    plan.sections = sections("只在草稿里的话")
    plan.save_revision()
    for text in ("改动后的标题", "草稿里的话", "家访"):
        assert found(text) == ["关爱计划"], text
    for text in ("改动后的标题", "草稿里的话"):
        assert list(PlanPage.objects.live().search(text)) == []


def test_publishing_the_draft_makes_it_the_text(plan):
    plan.sections = sections("新的措施")
    plan.save_revision().publish()
    assert found("新的措施") == ["关爱计划"]
    assert found("家访") == []
    assert [page.title for page in PlanPage.objects.live().search("新的措施")] == ["关爱计划"]


def test_a_page_that_is_gone_leaves_nothing(plan):
    pk = plan.pk
    plan.delete()
    assert not FoldedText.objects.filter(object_id=pk, content_type__model="basepage").exists()


def test_the_count_and_the_facets_are_those_of_what_is_found(client, plan):
    make_news(plan.school, "家访活动")
    results = BasePage.objects.all().autocomplete("家访")
    assert results.count() == 2
    assert sorted(results.facet("content_type_id").values()) == [1, 1]
    assert "家访活动" in shown(client, "家访", content_type="cms.activitynewspage")
    assert "关爱计划" not in shown(client, "家访", content_type="cms.activitynewspage")


def test_an_editor_finds_in_the_admin_what_she_may_open(client, plan):
    make_plan(make_school(), "别校家访")
    client.force_login(make_school_user(plan.school))
    html = client.get(reverse("wagtailadmin_pages:search_results"), {"q": "家访"}).content.decode()
    assert "关爱计划" in html
    assert "别校家访" not in html


def test_the_page_chooser_finds_chinese(client, plan):
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    html = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "亲情电话"}).content.decode()
    assert "关爱计划" in html


@pytest.mark.parametrize("view", ["wagtailimages:index_results", "wagtailimages_chooser:choose_results"])
def test_pictures_are_found_by_part_of_their_title_and_credit(client, view):
    make_image(title="开学典礼照片", credit="摄影王老师")
    make_image(title="操场")
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    for text in ("典礼", "照片", "王老师", "kaixue"):
        html = client.get(reverse(view), {"q": text}).content.decode()
        assert "开学典礼照片" in html, text
        assert "操场" not in html


@pytest.mark.parametrize("view", ["wagtaildocs:index_results", "wagtaildocs_chooser:choose_results"])
def test_documents_are_found_by_part_of_their_title(client, view):
    make_document(title="资助标准表")
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    assert "资助标准表" in client.get(reverse(view), {"q": "标准"}).content.decode()


def test_tags_are_found():
    image = make_image(title="照片")
    image.tags.add("运动会")
    from wagtail.search.backends import get_search_backend

    get_search_backend().add(image)
    assert list(SiteImage.objects.all().search("运动会")) == [image]


def test_a_page_search_without_words_shows_all(client, plan):
    assert "关爱计划" in shown(client, "")


def test_searching_needs_no_engine(plan, monkeypatch):
    def down(*args, **kwargs):
        raise SearchUnavailable("down")

    monkeypatch.setattr("search.engines.embedded.EmbeddedEngine.search", down)
    assert found("家访") == ["关爱计划"]


def test_rows_that_are_missing_or_old_are_written_after_a_migration(plan):
    FoldedText.objects.filter(object_id=plan.pk).delete()
    make_policy("家访通知")
    FoldedText.objects.filter(title="家访通知").update(title="", folding=0)
    assert found("家访") == []
    ensure_folded()
    assert found("家访") == ["家访通知", "关爱计划"]


def test_wagtails_own_command_writes_all_rows(plan):
    FoldedText.objects.all().delete()
    call_command("update_index", verbosity=0)
    assert found("家访") == ["关爱计划"]


def test_a_search_is_one_query_and_its_count_another(plan, django_assert_num_queries):
    for number in range(8):
        make_plan(plan.school, f"计划{number}", sections=sections("家访"))
    results = BasePage.objects.all().autocomplete("家访")
    BasePage.objects.autocomplete("家访").count()  # content types are remembered from here on
    with django_assert_num_queries(2):
        assert results.count() == 9
        assert len(list(results[:5])) == 5


def test_saving_a_page_enqueues_no_task(plan):
    from django_tasks_db.models import DBTaskResult

    plan.save()
    assert not DBTaskResult.objects.filter(task_path__startswith="modelsearch").exists()


def test_documents_have_rows_of_their_own(plan):
    document = make_document(title="家访表")
    assert list(SiteDocument.objects.all().search("家访")) == [document]


@pytest.mark.skipif(not CORPUS.exists(), reason=f"no corpus at {CORPUS}; set CORPUS to its folder")
def test_any_piece_of_a_real_plan_finds_it_in_the_admins_page_search(client):
    call_command("import_plans", str(CORPUS), "--json", verbosity=0)
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    texts = {page.pk: f"{page.title}\n{plain_text(page)}" for page in PlanPage.objects.all()}
    chance = random.Random(5)
    for _ in range(25):
        pk = chance.choice(sorted(texts))
        line = chance.choice([line for line in texts[pk].split("\n") if len(line) > 8])
        size = chance.randint(2, 8)
        start = chance.randrange(len(line) - size)
        piece = line[start : start + size].strip()
        if len(piece.replace('"', "").replace("'", "")) < 2 or ":" in piece:
            continue
        holding = {pk for pk, text in texts.items() if piece in text}
        html = client.get(reverse("wagtailadmin_pages:search_results"), {"q": piece}).content.decode()
        assert all(f"/admin/pages/{pk}/edit/" in html for pk in holding), piece


def test_a_word_early_in_the_text_comes_before_one_at_its_end():
    school = make_school()
    late = make_plan(school, "甲", intro="会议。" * 60 + "谈心")
    early = make_plan(school, "乙", intro="谈心" + "会议。" * 60)
    later = make_plan(school, "丙", intro="会议。" * 60 + "谈心")
    assert [page.pk for page in PlanPage.objects.search("谈心")][:3] == [early.pk, later.pk, late.pk]
