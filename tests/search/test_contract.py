"""What every engine must do. The same tests run on each."""

from dataclasses import replace
from datetime import date

import pytest

from search.engine import Document, Query, Removal

OPEN = frozenset({"public"})


def doc(number: int, title: str = "", body: str = "", **fields) -> Document:
    values = {
        "kind": "plan",
        "object_id": str(number),
        "version": 1,
        "title": title or f"第{number}份",
        "body": body,
    }
    return Document(**{**values, **fields})


def fill(engine, *documents: Document) -> None:
    assert engine.apply(documents) == []
    engine.refresh()


def found(engine, text: str = "", **fields) -> list[str]:
    return sorted(hit.object_id for hit in engine.search(Query(text, **fields)).hits)


def strictly(engine, text: str, **fields) -> list[str]:
    """What is found with every word there."""
    result = engine.search(Query(text, **fields))
    return [] if result.relaxed else sorted(hit.object_id for hit in result.hits)


@pytest.mark.parametrize("text", ["谈心", "家访", "联系卡", "亲情电话", "结对帮扶", "档案"])
def test_a_word_inside_a_sentence_is_found(engine, text):
    fill(engine, doc(1, body=f"学校要定期开展{text}工作，做好记录。"), doc(2, body="召开会议。"))
    assert strictly(engine, text) == ["1"]


@pytest.mark.parametrize("text", ["师", "老", "话", "一"])
def test_one_character_is_found_wherever_it_stands(engine, text):
    fill(engine, doc(1, body="一位老师打电话。"), doc(2, body="操场"))
    assert strictly(engine, text) == ["1"]


def test_of_very_many_with_one_character_those_with_it_in_the_title_come_first(engine, monkeypatch):
    monkeypatch.setattr("search.engines.embedded_read.MANY", 3)
    days = [date(2026, 1, 1), date(2026, 3, 1), date(2026, 2, 1), None]
    fill(engine, *(doc(number, "操场", body="师", date=day) for number, day in enumerate(days)))
    fill(engine, doc(7, "老师", date=date(2020, 1, 1)), doc(8, "操场"))
    query = Query("师", facets=("kind",), limit=3)
    result = engine.search(query)
    assert (result.total, result.facets["kind"]) == (5, [("plan", 5)])
    assert result.hits[0].object_id == "7"
    after = {hit.object_id for hit in engine.search(replace(query, offset=3)).hits}
    assert len(after) == 2
    assert not after & {hit.object_id for hit in result.hits}
    assert strictly(engine, "师", date_from=date(2026, 2, 1)) == ["1", "2"]


def test_a_lone_character_in_latin_text_is_found(engine):
    fill(engine, doc(1, body="20xx年计划"), doc(2, body="计划"))
    assert strictly(engine, "年") == ["1"]


@pytest.mark.parametrize("text", ["P01-33", "p01-33", "Ｐ01－33", "3.14", "20xx", "it's"])
def test_latin_words_and_numbers_are_found_in_any_width_and_case(engine, text):
    fill(engine, doc(1, body="编号P01-33，比例3.14，20xx年，it's"), doc(2, body="编号P02-33"))
    assert strictly(engine, text) == ["1"]


def test_traditional_characters_find_simplified_ones_and_back(engine):
    fill(engine, doc(1, body="关爱留守儿童"), doc(2, body="關愛留守兒童"))
    assert strictly(engine, "關愛") == ["1", "2"]
    assert strictly(engine, "儿童") == ["1", "2"]


def test_all_words_must_be_there(engine):
    fill(engine, doc(1, body="家访和谈心"), doc(2, body="家访"), doc(3, body="谈心"))
    assert strictly(engine, "家访 谈心") == ["1"]


def test_a_longer_word_is_one_phrase(engine):
    fill(engine, doc(1, body="心理健康教育"), doc(2, body="健康的心理，需要教育"))
    assert strictly(engine, "心理健康") == ["1"]


@pytest.mark.parametrize("text", ['"家访 谈心"', "“家访 谈心”"])
def test_quotes_ask_for_neighbours(engine, text):
    fill(engine, doc(1, body="家访 谈心"), doc(2, body="谈心 家访"))
    assert strictly(engine, text) == ["1"]


@pytest.mark.parametrize("text", ["家访 -谈心", "家访 －谈心"])
def test_a_minus_keeps_out(engine, text):
    fill(engine, doc(1, body="家访和谈心"), doc(2, body="家访"))
    assert strictly(engine, text) == ["2"]


def test_the_number_of_a_policy_finds_it_in_any_brackets(engine):
    fill(engine, *(replace(doc(n, "通知"), number=f"心教发〔2026〕{n}号") for n in (15, 16)))
    assert strictly(engine, "[2026]15号") == ["15"]
    assert strictly(engine, "〔2026〕15号") == ["15"]


SYNTAX = ["*", '"', "AND OR NOT", "title:", "(((", "a* OR b", "\\", "'", "-", "meta : x", "NEAR(a b)"]


@pytest.mark.parametrize("text", SYNTAX)
def test_no_syntax_of_an_engine_gets_through(engine, text):
    fill(engine, doc(1, body="家访"))
    assert engine.search(Query(text)).total in {0, 1}


@pytest.mark.parametrize("text", ["😀", "……", '""', "-", "*?"])
def test_signs_that_are_no_words_find_nothing(engine, text):
    fill(engine, doc(1), doc(2))
    assert engine.search(Query(text, facets=("kind",))).total == 0
    assert engine.search(Query(" ")).total == 2


def test_nothing_typed_lists_everything_newest_first(engine):
    fill(engine, doc(1, date=date(2026, 1, 1)), doc(2, date=date(2026, 9, 1)), doc(3))
    assert [hit.object_id for hit in engine.search(Query()).hits] == ["2", "1", "3"]


def test_a_title_counts_more_than_a_body(engine):
    fill(engine, doc(1, "其他", body="家访" + "工作安排" * 5), doc(2, "家访安排", body="工作安排" * 5))
    assert engine.search(Query("家访")).hits[0].object_id == "2"


def test_when_nothing_has_all_words_some_will_do_and_it_says_so(engine):
    fill(engine, doc(1, body="留守儿童家访制度"), doc(2, body="消防演练"))
    result = engine.search(Query("怎样做好留守儿童的家访呢"))
    assert result.relaxed
    assert [hit.object_id for hit in result.hits] == ["1"]


def test_nothing_at_all_is_an_empty_answer(engine):
    fill(engine, doc(1, body="家访"))
    result = engine.search(Query("xyzzy"))
    assert (result.total, list(result.hits)) == (0, [])


def test_sorting_by_date_in_both_directions(engine):
    fill(engine, *(doc(n, body="家访", date=date(2026, n, 1)) for n in (2, 1, 3)))
    newest = [hit.object_id for hit in engine.search(Query("家访", sort="newest")).hits]
    oldest = [hit.object_id for hit in engine.search(Query("家访", sort="oldest")).hits]
    assert newest == ["3", "2", "1"]
    assert oldest == newest[::-1]


def test_a_period_includes_both_its_days_and_nothing_undated(engine):
    fill(
        engine,
        doc(1, date=date(2026, 1, 1)),
        doc(2, date=date(2026, 2, 1)),
        doc(3, date=date(2026, 3, 1)),
        doc(4),
    )
    assert found(engine, date_from=date(2026, 1, 1), date_to=date(2026, 2, 1)) == ["1", "2"]


def test_pages_follow_on_without_gap_or_repetition(engine):
    fill(engine, *(doc(n, body="家访") for n in range(25)))
    pages = [engine.search(Query("家访", offset=start, limit=10)) for start in (0, 10, 20)]
    seen = [hit.object_id for page in pages for hit in page.hits]
    assert len(seen) == len(set(seen)) == pages[0].total == 25


def test_a_filter_narrows(engine):
    fill(engine, doc(1, facets={"school": ["一小"]}), doc(2, facets={"school": ["二小"]}), doc(3))
    assert found(engine, filters={"school": ["一小"]}) == ["1"]
    assert found(engine, filters={"school": ["一小", "二小"]}) == ["1", "2"]


def test_a_field_typed_into_the_box_is_a_filter(engine):
    fill(
        engine,
        doc(1, body="家访", facets={"school": ["一小"]}),
        doc(2, body="家访", facets={"school": ["二小"]}),
    )
    assert found(engine, "家访 学校:一小") == ["1"]
    assert found(engine, "家访 school:二小") == ["2"]


def test_facets_count_what_was_found(engine):
    topics = {"topic": ["安全", "家校"], "school": ["一小"]}
    fill(
        engine,
        doc(1, body="家访", facets=topics),
        doc(2, body="家访", facets={"topic": ["安全"]}),
        doc(3, body="会议"),
    )
    facets = engine.search(Query("家访", facets=("kind", "topic", "school"))).facets
    assert facets["kind"] == [("plan", 2)]
    assert facets["topic"] == [("安全", 2), ("家校", 1)]
    assert facets["school"] == [("一小", 1)]


def test_a_facet_is_not_narrowed_by_its_own_filter_but_by_the_others(engine):
    fill(
        engine,
        doc(1, facets={"school": ["一小"], "status": ["现行"]}),
        doc(2, facets={"school": ["二小"], "status": ["现行"]}),
        doc(3, facets={"school": ["二小"], "status": ["废止"]}),
    )
    query = Query(filters={"school": ["一小"]}, facets=("school", "status"))
    facets = engine.search(query).facets
    assert dict(facets["school"]) == {"一小": 1, "二小": 2}
    assert dict(facets["status"]) == {"现行": 1}


def test_only_readers_with_a_token_find_it_count_it_or_are_offered_it(engine):
    fill(
        engine,
        doc(1, "公开家访", facets={"topic": ["公开主题"]}),
        doc(2, "内部家访", access=frozenset({"school-2"}), facets={"topic": ["内部主题"]}),
    )
    query = Query("家访", facets=("topic",))
    result = engine.search(query)
    assert (result.total, result.facets["topic"]) == (1, [("公开主题", 1)])
    assert engine.suggest("内部", OPEN) == []
    assert strictly(engine, "家访", access=frozenset({"school-2"})) == ["2"]
    assert strictly(engine, "家访", access=frozenset({"school-2", "public"})) == ["1", "2"]


def test_a_reader_without_tokens_finds_nothing(engine):
    fill(engine, doc(1, body="家访"))
    assert engine.search(Query("家访", access=frozenset())).total == 0
    assert engine.suggest("第", frozenset()) == []


def test_a_document_that_nobody_may_see_is_refused(engine):
    refusals = engine.apply([doc(1, access=frozenset()), doc(2)])
    engine.refresh()
    assert [refusal.key for refusal in refusals] == ["plan:1"]
    assert found(engine) == ["2"]


def test_a_change_replaces_what_was_there(engine):
    fill(engine, doc(1, body="家访"))
    fill(engine, doc(1, body="谈心", version=2))
    assert strictly(engine, "家访") == []
    assert strictly(engine, "谈心") == ["1"]


def test_an_older_change_that_comes_late_is_ignored(engine):
    fill(engine, doc(1, body="谈心", version=5))
    fill(engine, doc(1, body="家访", version=4))
    assert strictly(engine, "谈心") == ["1"]


def test_the_same_change_twice_is_one(engine):
    fill(engine, doc(1, body="家访"))
    fill(engine, doc(1, body="家访"))
    assert engine.search(Query("家访")).total == 1


def test_what_is_removed_is_found_no_more_and_does_not_come_back(engine):
    fill(engine, doc(1, body="家访", version=2))
    fill(engine, Removal("plan", "1", 3))
    fill(engine, doc(1, body="家访", version=2))
    assert found(engine) == []
    assert engine.suggest("第1", OPEN) == []


def test_removing_what_is_not_there_is_no_failure(engine):
    assert engine.apply([Removal("plan", "9", 1)]) == []


def test_a_change_of_rights_is_obeyed(engine):
    fill(engine, doc(1, body="家访"))
    fill(engine, doc(1, body="家访", version=2, access=frozenset({"bureau"})))
    assert found(engine, "家访") == []


@pytest.mark.parametrize("typed", ["留守", "关爱", "liushou", "ls", "lset", "LSET", "留守兒"])
def test_typing_offers_titles_by_characters_pinyin_and_initials(engine, typed):
    fill(engine, doc(1, "留守儿童关爱计划"), doc(2, "消防演练"))
    assert engine.suggest(typed, OPEN) == ["留守儿童关爱计划"]


def test_names_of_schools_and_topics_are_offered_before_titles(engine):
    fill(engine, doc(1, "心桥一小家访计划", facets={"school": ["心桥一小"], "topic": ["心桥工程"]}))
    assert engine.suggest("心桥", OPEN) == ["心桥一小", "心桥工程", "心桥一小家访计划"]


def test_similar_documents_share_words_and_leave_the_document_out(engine):
    fill(
        engine,
        doc(1, "留守儿童家访计划", body="结对帮扶，定期家访，亲情电话。"),
        doc(2, "留守儿童关爱计划", body="亲情电话，结对帮扶，谈心。"),
        doc(3, "消防演练", body="疏散路线。"),
        doc(4, "内部帮扶", body="结对帮扶，亲情电话。", access=frozenset({"school-1"})),
    )
    assert [hit.object_id for hit in engine.similar("plan", "1", Query(limit=5)).hits] == ["2"]


def test_the_newest_version_is_known_of_no_index_too(engine):
    assert engine.newest() == 0
    fill(engine, doc(1), doc(2))
    fill(engine, replace(doc(1), version=70))
    assert engine.newest() == 70
    engine.destroy()
    assert engine.newest() == 0


def test_digests_tell_what_the_index_holds(engine):
    fill(engine, doc(1), doc(2, body="家访"), Removal("plan", "7", 1))
    assert list(engine.digests()) == [("plan:1", doc(1).digest), ("plan:2", doc(2, body="家访").digest)]


def test_a_digest_changes_with_content_and_rights_but_not_with_the_version():
    assert doc(1).digest == doc(1, version=7).digest
    assert len({doc(1).digest, doc(1, body="家访").digest, doc(1, access=frozenset({"bureau"})).digest}) == 3


def test_a_rebuild_left_without_commit_changes_nothing(engine):
    fill(engine, doc(1))
    with engine.rebuild() as fresh:
        fresh.add([doc(2)])
    assert found(engine) == ["1"]


def test_a_rebuild_shows_nothing_before_it_is_committed(engine):
    fill(engine, doc(1))
    with engine.rebuild() as fresh:
        fresh.add([doc(2), doc(3)])
        assert found(engine) == ["1"]
        assert fresh.count() == 2
        fresh.commit()
    assert found(engine) == ["2", "3"]


def test_changes_made_during_a_rebuild_reach_the_new_generation(engine):
    with engine.rebuild() as fresh:
        fresh.add([doc(1, body="家访"), doc(2)])
        fresh.apply([doc(1, body="谈心", version=2), Removal("plan", "2", 2)])
        fresh.commit()
    engine.refresh()
    assert found(engine) == ["1"]
    assert strictly(engine, "谈心") == ["1"]


def test_rollback_goes_back_to_the_generation_before(engine):
    for number in (1, 2):
        with engine.rebuild() as fresh:
            fresh.add([doc(number)])
            fresh.commit()
    engine.rollback()
    assert found(engine) == ["1"]


def test_a_healthy_engine_says_how_much_it_holds(engine):
    fill(engine, doc(1), doc(2))
    assert (engine.health().state, engine.health().documents) == ("ok", 2)


def test_a_thing_found_comes_with_what_a_list_shows(engine):
    day = date(2026, 9, 1)
    fill(
        engine,
        doc(1, "家访计划", "正文", summary="摘要", url="/plans/1/", date=day, facets={"school": ["一小"]}),
    )
    hit = engine.search(Query("家访")).hits[0]
    assert (hit.title, hit.summary, hit.body, hit.url, hit.date) == (
        "家访计划",
        "摘要",
        "正文",
        "/plans/1/",
        day,
    )
    assert list(hit.facets["school"]) == ["一小"]
