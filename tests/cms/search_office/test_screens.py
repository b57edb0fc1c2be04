"""The screens of the search's keeper: for the bureau's administrator alone, and what their buttons do."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from cms.people.models import Role
from search.models import MAX_TRIES, IndexChange, IndexRun, SearchGap, Synonym
from search.service import carry_out, drain, note_gap
from tests.factories import make_bureau_user, make_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    cache.clear()
    client.force_login(make_bureau_user(Role.BUREAU_ADMIN))
    return client


def settle() -> None:
    while drain().changed:
        pass


def html_of(client, name: str, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", [Role.BUREAU_EDITOR, Role.INSPECTOR])
@pytest.mark.parametrize("name", ["search_index", "search_synonyms", "search_gaps"])
def test_only_the_administrator_comes_in(client, name, role):
    client.force_login(make_bureau_user(role))
    assert client.get(reverse(name)).status_code in {302, 403}
    assert client.post(reverse("search_index_verb", args=["rebuild"])).status_code in {302, 403}
    assert not IndexRun.objects.exists()


def test_a_group_is_in_force_as_soon_as_it_is_saved(keeper, django_capture_on_commit_callbacks):
    page = make_policy("减轻作业负担办法")
    settle()
    assert page.url not in keeper.get("/search/?q=双减").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        keeper.post(reverse("search_synonyms"), {"words": "双减, 减轻作业负担"})
    assert Synonym.objects.get().words == "双减，减轻作业负担"
    assert page.url in keeper.get("/search/?q=双减").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        keeper.post(reverse("search_synonym_delete", args=[Synonym.objects.get().pk]))
    assert page.url not in keeper.get("/search/?q=双减").content.decode()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("双减", "至少填写两个"),
        ("双减，减", "太短"),
        ("双减，雙減", "重复"),
        ("留守，留守儿童", "包含在"),
        ("教体局，教育局", "已在"),
    ],
)
def test_a_group_with_a_fault_is_refused_and_what_was_typed_stays(keeper, words, fault):
    Synonym.objects.create(words="教育局，县局")
    response = keeper.post(reverse("search_synonyms"), {"words": words})
    assert response.status_code == 422
    html = response.content.decode()
    assert fault in html
    assert words in html
    assert Synonym.objects.count() == 1


def test_a_group_may_keep_its_own_words(keeper):
    group = Synonym.objects.create(words="教育局，县局")
    keeper.post(reverse("search_synonym", args=[group.pk]), {"words": "教育局 县局 教体局"})
    group.refresh_from_db()
    assert group.words == "教育局，县局，教体局"


def test_the_preview_says_what_a_search_becomes_and_saves_nothing(keeper):
    make_policy("减轻作业负担办法")
    settle()
    data = {"words": "双减，减轻作业负担", "question": "双减 家访", "preview": "1"}
    html = keeper.post(reverse("search_synonyms"), data).content.decode()
    assert "<b>双减</b> <span>或</span> <b>减轻作业负担</b>" in html
    assert "减轻作业负担：1 篇" in html
    assert not Synonym.objects.exists()


def test_questions_asked_often_are_shown_and_lead_to_a_synonym(keeper):
    for text, times in (("托幼", 3), ("少见", 2)):
        for _time in range(times):
            note_gap(text)
    html = html_of(keeper, "search_gaps")
    assert "托幼" in html
    assert "少见" not in html
    html = html_of(keeper, "search_synonyms", word="托幼")
    assert 'value="托幼，"' in html
    keeper.post(reverse("search_synonyms"), {"words": "托幼，幼儿园"})
    assert not SearchGap.objects.filter(text="托幼").exists()


@pytest.mark.parametrize(
    "text", ["13800138000", "138 0013 8000", "35012320150101123x", "a@b.cn", "张三 110105-1"]
)
def test_numbers_and_addresses_of_people_are_not_noted(text):
    note_gap(text)
    assert not SearchGap.objects.exists()


def test_the_state_tells_of_backlog_and_parked_rows(keeper):
    make_policy("校车办法")
    IndexChange.objects.create(
        kind="policy", object_id="7", tries=MAX_TRIES, parked=True, error="ValueError: x"
    )
    html = html_of(keeper, "search_index")
    assert "ValueError: x" in html
    assert "待写入变更" in html


def test_parked_rows_are_tried_again_or_discarded(keeper):
    rows = [IndexChange.objects.create(kind="policy", object_id=str(n), parked=True) for n in (1, 2)]
    keeper.post(reverse("search_index_verb", args=["retry"]), {"row": [rows[0].pk]})
    keeper.post(reverse("search_index_verb", args=["discard"]), {"row": [rows[1].pk, "x"]})
    assert list(IndexChange.objects.parked()) == []
    assert IndexChange.objects.open().filter(pk=rows[0].pk).exists()
    assert not IndexChange.objects.filter(pk=rows[1].pk).exists()


def test_a_rebuild_is_done_by_the_worker_once_at_a_time_with_progress(keeper):
    make_policy("校车办法")
    settle()
    keeper.post(reverse("search_index_verb", args=["rebuild"]))
    keeper.post(reverse("search_index_verb", args=["rebuild"]))
    run = IndexRun.objects.get()
    assert f"/runs/{run.pk}/" in html_of(keeper, "search_index")
    status = keeper.get(reverse("search_index_status", args=[run.pk])).json()
    assert status["state"] == "waiting"
    carry_out(run.pk)
    run.refresh_from_db()
    assert (run.state, run.report["documents"]) == ("done", status["total"])
    assert keeper.get(reverse("search_index_status", args=[999])).status_code == 404


def test_a_comparison_counts_each_kind_and_mends_what_differs(keeper, settings):
    page = make_policy("校车办法")
    settle()
    IndexChange.objects.all().delete()
    page.title = "校车安全办法"
    type(page).objects.filter(pk=page.pk).update(title=page.title)
    keeper.post(reverse("search_index_verb", args=["compare"]))
    carry_out(IndexRun.objects.get().pk)
    html = html_of(keeper, "search_index")
    assert "内容不符 1 篇" in html
    settle()
    keeper.post(reverse("search_index_verb", args=["compare"]))
    carry_out(IndexRun.objects.first().pk)
    assert "索引与数据库一致" in html_of(keeper, "search_index")


def test_the_generation_before_is_put_back_and_caught_up(keeper):
    page = make_policy("校车办法")
    settle()
    keeper.post(reverse("search_index_verb", args=["rebuild"]))
    carry_out(IndexRun.objects.get().pk)
    page.unpublish()
    settle()
    keeper.post(reverse("search_index_verb", args=["rollback"]))
    carry_out(IndexRun.objects.first().pk)
    settle()
    assert page.url not in keeper.get("/search/?q=校车").content.decode()


def test_without_an_earlier_generation_it_says_so(keeper):
    response = keeper.post(reverse("search_index_verb", args=["rollback"]), follow=True)
    assert "没有可以退回的上一代索引" in response.content.decode()
    assert not IndexRun.objects.exists()
