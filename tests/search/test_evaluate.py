"""`search_evaluate` takes whatever documents there are, and says which line is wrong."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.search.conftest import NAMES, URL

pytestmark = pytest.mark.django_db
DOCUMENTS = [
    {"id": "empty", "title": "", "body": ""},
    {"id": "twice", "title": "先来的", "body": "先来的正文"},
    {"id": "twice", "title": "后来的", "body": "后来的正文"},
    {"id": "long", "title": "很长", "body": "甲乙丙丁" * 30_000 + "终点站"},
    {"id": "traditional", "title": "關於農村留守兒童", "body": "學校應當開展家訪"},
    {"id": "wide", "title": "ＡＢＣ１２３", "body": "全角"},
    {"id": 9, "title": None, "body": "数字编号 😀 P01-33"},
    {"id": "x" * 600 + "/ #?", "title": "\ud83d 半个", "body": "\x00 零"},
    {"id": "untitled", "body": "没有标题"},
]
QUESTIONS = {
    "后来的正文": ["twice"],
    "先来的": [],
    "终点站": ["long"],
    "农村留守儿童 家访": ["traditional"],
    "abc123": ["wide"],
    "p01": ["9"],
    "半个": ["x" * 600 + "/ #?"],
    "没有标题 -数字": ["untitled"],
    '"没有标题" kind:document': ["untitled"],
    "学校:石桥 没有": [],
    "😀": [],
}


def written(path: Path, rows) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("engine", NAMES)
def test_odd_documents_and_questions_are_ranked_by_their_ids(engine, tmp_path, settings):
    settings.ELASTICSEARCH_URL = URL
    documents = written(tmp_path / "d.jsonl", DOCUMENTS)
    asked = [{"id": str(n), "text": text, "relevant": ids} for n, (text, ids) in enumerate(QUESTIONS.items())]
    run, out = tmp_path / "r.jsonl", StringIO()
    call_command(
        "search_evaluate", documents=documents, queries=written(tmp_path / "q.jsonl", asked), engine=engine,
        run=run, stdout=out,
    )  # fmt: skip
    ranked = {row["id"]: row["ranked"] for row in map(json.loads, run.read_text("utf-8").splitlines())}
    for one in asked:
        if one["relevant"]:
            assert ranked[one["id"]][:1] == one["relevant"], one["text"]
    assert ranked[str(len(asked) - 1)] == []
    assert json.loads(out.getvalue())["queries"] == len(asked)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2"),
        ("[1]", "line 2: an object"),
        ('{"title": "x"}', "line 2: an object"),
        ('{"id": "1", "body": 5}', "line 2: “body” is no text"),
        (b"\xff", "line 2: this is no UTF-8"),
    ],
)
def test_a_wrong_line_is_named(line, said, tmp_path):
    documents, queries = tmp_path / "d.jsonl", tmp_path / "q.jsonl"
    documents.write_bytes(b'{"id": "0"}\n' + (line if isinstance(line, bytes) else line.encode()))
    queries.write_text("")
    with pytest.raises(CommandError, match=said):
        call_command("search_evaluate", documents=documents, queries=queries)


def test_a_file_that_is_not_there_is_named(tmp_path):
    written(tmp_path / "q.jsonl", [])
    with pytest.raises(CommandError, match=r"nothing\.jsonl cannot be read"):
        call_command("search_evaluate", documents=tmp_path / "nothing.jsonl", queries=tmp_path / "q.jsonl")
