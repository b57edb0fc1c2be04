"""The search page: what the public finds, marked, narrowed and counted, in Chinese."""

import pytest

from search.models import SearchGap
from search.service import SearchUnavailable, drain
from tests.factories import make_news, make_plan, make_policy, make_school

pytestmark = pytest.mark.django_db


def html_of(client, query: str) -> str:
    while drain().changed:
        pass
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("word", ["谈心", "联系卡", "家访", "亲情电话"])
def test_words_in_the_text_are_found_and_marked(client, word):
    body = f"<p>班主任每月至少{word}一次，详细填好记录。</p>"
    plan = make_plan(sections=[("section", {"heading": "措施", "body": body, "key": ""})])
    html = html_of(client, f"q={word}")
    assert plan.url in html
    assert f"<mark>{word}</mark>" in html


def test_titles_come_before_texts(client):
    text = make_policy("通知", body=[("text", "<p>校车管理</p>")], date="2026-09-01")
    title = make_policy("校车管理办法", date="2020-01-01")
    html = html_of(client, "q=校车")
    assert html.index(title.url) < html.index(text.url)


def test_every_word_must_occur(client):
    both = make_policy("校车安全办法")
    one = make_policy("校车费用办法")
    html = html_of(client, "q=校车 安全")
    assert both.url in html
    assert one.url not in html


def test_results_are_narrowed_to_a_kind_of_page(client):
    school = make_school()
    news, policy = make_news(school, "校车演练"), make_policy("校车办法")
    html = html_of(client, "q=校车&kind=news")
    assert news.url in html
    assert policy.url not in html


def test_drafts_and_the_names_inside_stored_text_are_not_found(client):
    draft = make_policy("校车草案", live=False)
    assert draft.url not in html_of(client, "q=校车草案")
    make_policy("通知")
    assert "没有找到" in html_of(client, "q=heading")


def test_nothing_found_offers_the_lists(client):
    html = html_of(client, "q=没有这个词")
    assert "没有找到“没有这个词”" in html
    assert 'href="/policies/"' in html


def test_without_words_only_the_box_is_shown(client):
    make_policy()
    assert "item__title" not in html_of(client, "q=")


def test_marks_are_made_from_text_and_never_from_markup(client):
    make_policy("办法<script>x</script>")
    html = html_of(client, "q=script")
    assert "<script>x" not in html
    assert "&lt;<mark>script</mark>&gt;" in html


def test_results_are_narrowed_by_school_and_counted(client):
    first, second = make_school(name="石桥小学"), make_school(name="柳溪小学")
    one, other = make_news(first, "校车演练"), make_news(second, "校车检查")
    html = html_of(client, "q=校车&school=石桥小学")
    assert one.url in html
    assert other.url not in html
    assert 'name="school" value="柳溪小学"' in html


def test_when_not_all_words_occur_together_it_says_so(client):
    make_policy("校车安全办法")
    html = html_of(client, "q=怎样保证校车的安全呢")
    assert "没有同时包含这些词" in html


def test_while_the_engine_is_down_titles_are_found_with_a_notice(client, monkeypatch):
    page = make_policy("校车安全办法")

    def down(query):
        raise SearchUnavailable("no route to host")

    monkeypatch.setattr("cms.web.search.views.ask", down)
    html = client.get("/search/?q=校车").content.decode()
    assert page.url in html
    assert "全文检索正在恢复" in html


def test_a_question_without_result_is_counted_without_its_reader(client):
    for _time in range(2):
        html_of(client, "q=没有这个词")
    assert [(gap.text, gap.count) for gap in SearchGap.objects.all()] == [("没有这个词", 2)]


@pytest.mark.parametrize(
    "query", ["q=a&page=x", "q=a&page=9999", "q=%00", "q=a&sort=x", "school=x", "q=a&kind=%27"]
)
def test_nonsense_in_the_address_is_no_error(client, query):
    html_of(client, query)


def test_the_number_of_queries_does_not_grow_with_the_results(client, django_assert_max_num_queries):
    school = make_school()
    for number in range(12):
        make_news(school, f"校车演练{number}")
    html_of(client, "q=校车")
    with django_assert_max_num_queries(8):
        client.get("/search/?q=校车")


def test_results_lie_between_two_days(client):
    early, late = make_policy("校车办法", date="2025-08-31"), make_policy("校车通知", date="2025-09-01")
    html = html_of(client, "q=校车&from=2025-09-01&to=2026-08-31")
    assert late.url in html
    assert early.url not in html
    assert "日期：2025—2026学年" in html


def test_days_the_wrong_way_round_are_turned_and_nonsense_is_left_out(client):
    page = make_policy("校车办法", date="2025-08-31")
    assert page.url in html_of(client, "q=校车&from=2025-12-01&to=2025-01-01")
    assert page.url in html_of(client, "q=校车&from=2025-13-01&to=x")


def test_a_school_year_is_chosen_with_one_tap(client):
    make_policy("校车办法", date="2025-08-31")
    html = html_of(client, "q=校车")
    assert "from=2025-09-01&amp;to=2026-08-31" in html


def test_a_slip_is_put_right_with_a_link(client):
    make_policy("亲情电话办法")
    html = html_of(client, "q=亲情点话")
    assert "您是不是要找" in html
    assert ">亲情电话</a>" in html


def test_what_filters_keep_away_is_offered(client):
    school = make_school(name="石桥小学")
    make_news(school, "校车演练")
    html = html_of(client, "q=校车&kind=policy")
    assert "不加筛选条件：找到 1 条" in html


def test_nothing_found_says_how_to_search_better(client):
    assert "词语少一些、短一些" in html_of(client, "q=没有这个词")


@pytest.mark.parametrize("typed", ["校车", "xiaoche", "xc"])
def test_typing_offers_titles_by_characters_pinyin_and_initials(client, typed):
    make_policy("校车安全办法")
    html_of(client, "q=x")
    response = client.get("/search/suggest/", {"q": typed})
    assert response.json() == {"items": ["校车安全办法"]}


def test_titles_of_drafts_are_never_offered(client):
    make_policy("校车草案", live=False)
    html_of(client, "q=x")
    assert client.get("/search/suggest/", {"q": "校车"}).json() == {"items": []}


def test_while_the_engine_is_down_public_titles_are_offered(client, monkeypatch):
    def down():
        raise SearchUnavailable("no route to host")

    monkeypatch.setattr("cms.web.search.suggest.current_engine", down)
    make_policy("校车安全的通知")
    make_policy("校车的草稿", live=False)
    assert client.get("/search/suggest/", {"q": "校車"}).json() == {"items": ["校车安全的通知"]}
