"""No sentence of the input is lost: proved with random nestings of everything that is recognised."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from cms.plan_import.fields import _texts as texts_of_fields
from cms.plan_import.fields import kept_characters, page_fields, read_characters
from cms.plan_import.lines import count_characters
from cms.plan_import.recognise.plan import recognise
from cms.plan_import.recognise.splitting import split_plans
from tests.cms.plan_import.samples import lines_of

MARKS = "一、 二、 （一） (二) 1、 2． ３、 （1） (2) ① ②、 第一部分 12、 A、"
TIMES = "九月份： 10月， 1-3月 第2周 【十月】 准备阶段（9月）： 2023年9月—2024年1月："
ROLES = "组长： 副组长: 成员："
WORDS = (
    "指导思想 工作目标 家访 谈心 王明 李芳 xxx 工作计划 我校 20xx年 《教育法》 4月上旬 <b>&lt;</b> 篇一 "
    "。 ， ； ： 学年 & 'quote' 第一学期 𠮷 e\u0301 目标任务针对"
)

starts = st.sampled_from(["", *MARKS.split(), *TIMES.split(), *ROLES.split()])
words = st.sampled_from([*WORDS.split(), " "])
line = st.builds(lambda start, rest: start + "".join(rest), starts, st.lists(words, max_size=8))
free_text = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=60)
titles = st.sampled_from(
    ["工作计划篇一", "工作计划篇二", "第三篇：关爱计划", "东街小学2023年留守儿童工作计划", "范文4"]
)
documents = st.lists(st.one_of(line, line, line, free_text, titles), max_size=40)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_every_character_is_in_a_field(document):
    text = "\n".join(document)
    plans = [recognise(part) for part in split_plans(lines_of(text))]
    assert sum(read_characters(plan) for plan in plans) == count_characters(text)
    for plan in plans:
        assert kept_characters(plan, page_fields(plan, {})) == read_characters(plan)


@settings(max_examples=150, deadline=None)
@given(documents)
def test_nothing_is_doubled_or_made_up(document):
    for plan in [recognise(part) for part in split_plans(lines_of("\n".join(document)))]:
        found = Counter("".join("".join(texts_of_fields(plan, page_fields(plan, {}))).split()))
        assert found == Counter("".join("".join(plan.source).split()))
