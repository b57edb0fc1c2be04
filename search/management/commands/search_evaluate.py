"""`search_evaluate`: measure the quality of the search on judged questions, in an index made for the purpose."""

import json
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError

from search import evaluation
from search.engine import SearchEngine, SearchUnavailable
from search.engines import make_engine


class Command(BaseCommand):
    """Index the documents in a scratch index, ask the questions, write the ranked ids, print the figures as JSON."""

    help = "Measures MRR, recall and time on judged questions; leaves nothing behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--documents", type=Path, required=True, help='JSON lines of {"id", "title", "body"}'
        )
        parser.add_argument(
            "--queries", type=Path, required=True, help='JSON lines of {"id", "text", "relevant"}'
        )
        parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
        parser.add_argument("--run", type=Path, help='where to write JSON lines of {"id", "ranked"}')

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with scratch(options["engine"]) as engine:
                evaluation.load(engine, read_lines(options["documents"]))
                judged = list(evaluation.ask(engine, read_lines(options["queries"])))
        except SearchUnavailable as error:
            raise CommandError(f"The search engine cannot be asked: {error}") from error
        if options["run"]:
            lines = (json.dumps({"id": one.number, "ranked": one.ranked}) for one in judged)
            options["run"].write_text("".join(f"{line}\n" for line in lines))
        self.stdout.write(json.dumps({"engine": options["engine"], **evaluation.summary(judged)}))


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a file, one a line; raises CommandError with the line's number on a broken one."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise CommandError(f"{path}, line {number}: {error}") from error


@contextmanager
def scratch(name: str) -> Iterator[SearchEngine]:
    """Yield an engine over an index of its own, which is gone afterwards."""
    index = f"scratch-{uuid4().hex[:12]}"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(name, index, Path(folder))
        try:
            yield engine
        finally:
            engine.destroy()
