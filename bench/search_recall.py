"""Does the admin's own page search find any piece of any plan? Import the corpus, cut pieces at random, ask for each.

    python bench/search_recall.py /path/to/care-plans.txt [--copies 70] [--pieces 200]

Runs in a database of its own in a temporary folder; prints recall, the words that stock Wagtail misses,
and the time of a question.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORDS = ("家访", "谈心", "联系卡", "亲情电话", "结对帮扶")


def set_up(folder: str) -> None:
    """Start Django on an empty database of its own."""
    os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "xinqiao.settings"}
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django

    django.setup()
    import logging

    from django.core.management import call_command

    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)


def fill(corpus: Path, copies: int) -> dict[int, str]:
    """Import the plans, copy each; return the texts by page id."""
    from django.core.management import call_command

    from cms.pages.models import PlanPage
    from cms.pages.text import plain_text

    with open(os.devnull, "w") as quiet:  # noqa: PTH123
        call_command("import_plans", str(corpus), "--json", stdout=quiet)
    plans = list(PlanPage.objects.all())
    for number in range(copies):
        for plan in plans:
            page = PlanPage(
                title=f"{plan.title}（{number}）", slug=f"copy-{plan.pk}-{number}", intro=plan.intro
            )
            page.sections, page.calendar, page.body = plan.sections, plan.calendar, plan.body
            plan.get_parent().add_child(instance=page)
    return {page.pk: f"{page.title}\n{plain_text(page)}" for page in PlanPage.objects.all()}


def pieces_of(texts: dict[int, str], count: int) -> list[str]:
    """Cut pieces of two to eight characters; those with Wagtail's own marks (quotes, colons) are no plain questions."""
    chance = random.Random(2)
    found: list[str] = []
    pages = sorted(texts)
    while len(found) < count:
        line = chance.choice(texts[chance.choice(pages)].split("\n"))
        size = chance.randint(2, 8)
        if len(line) <= size:
            continue
        start = chance.randrange(len(line) - size)
        piece = line[start : start + size]
        if not set(piece) & set("\"':“”‘’ \u3000"):
            found.append(piece)
    return found


def ask(query: str) -> tuple[set[int], float]:
    """Return the pages that the admin's page search finds, and the seconds it took to get the first twenty."""
    from wagtail.admin.views.pages.search import page_filter_search

    from cms.pages.models import BasePage

    started = time.perf_counter()
    pages, _all = page_filter_search(query, BasePage.objects.all(), BasePage.objects.all())
    pages.count()
    list(pages[:20])
    seconds = time.perf_counter() - started
    return {page.pk for page in pages}, seconds


def measure(texts: dict[int, str], pieces: list[str]) -> dict[str, Any]:
    """Ask for every piece; return recall and times."""
    wanted = found = 0
    missed: list[str] = []
    times: list[float] = []
    for piece in pieces:
        holding = {pk for pk, text in texts.items() if piece in text}
        shown, seconds = ask(piece)
        wanted, found = wanted + len(holding), found + len(holding & shown)
        if holding - shown:
            missed.append(piece)
        times.append(seconds * 1000)
    times.sort()
    return {
        "pages": len(texts),
        "characters": sum(map(len, texts.values())),
        "pieces": len(pieces),
        "recall": found / wanted,
        "missed": missed,
        "words": {word: len(ask(word)[0] & texts.keys()) for word in WORDS},
        "ms_p50": round(statistics.median(times), 1),
        "ms_p95": round(times[int(len(times) * 0.95)], 1),
    }


def main() -> None:
    """Run it; exit 1 when anything was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--pieces", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        texts = fill(options.corpus, options.copies)
        result = measure(texts, pieces_of(texts, options.pieces))
    print(json.dumps(result, ensure_ascii=False, indent=1))
    sys.exit(bool(result["missed"]))


if __name__ == "__main__":
    main()
