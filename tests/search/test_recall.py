"""Every piece of two to eight characters of the demonstration's texts is found, on each engine."""

import random
from pathlib import Path

import cms.demo
from bench.search_pieces import PAGE, pieces_of, recall

TEXTS = sorted((Path(cms.demo.__file__).parent / "data").rglob("*.*"))
PIECES = 200


def test_every_piece_of_a_text_is_found(engine):
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in TEXTS if path.suffix in {".txt", ".toml", ".json", ".md"}
    )
    pages = [text[start : start + PAGE] for start in range(0, len(text), PAGE)][:120]
    found = recall(engine, pages, pieces_of(pages, PIECES, random.Random(7)))
    assert found["pages"] > 20
    assert (found["recall"], found["missed"]) == (1, [])
