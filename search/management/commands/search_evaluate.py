"""`search_evaluate`: measure the quality of the search on judged questions, in an index made for the purpose."""

import contextlib
import json
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from search import collections, evaluation
from search.engine import SearchEngine, SearchUnavailable
from search.engines import make_engine
from search.models import Synonym
from search.synonyms import no_synonyms


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
        documents = collections.documents(options["documents"])
        queries = list(collections.queries(options["queries"]))
        known = contextlib.nullcontext() if has_synonyms() else no_synonyms()
        try:
            with known, scratch(options["engine"]) as engine:
                filled = evaluation.Scratch(engine)
                filled.load(documents)
                judged = list(filled.ask(queries))
        except SearchUnavailable as error:
            raise CommandError(f"The search engine cannot be asked: {error}") from error
        if options["run"]:
            write_run(options["run"], judged)
        self.stdout.write(json.dumps({"engine": options["engine"], **evaluation.summary(judged)}))


def write_run(path: Path, judged: list[evaluation.Judged]) -> None:
    """Write the ranked ids, one question a line. Raises CommandError."""
    lines = (json.dumps({"id": one.number, "ranked": one.ranked}, ensure_ascii=False) for one in judged)
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise CommandError(f"The ranked ids cannot be written: {error}") from error


def has_synonyms() -> bool:
    """Say whether there is a site whose synonyms count; measuring needs no database."""
    try:
        return Synonym._meta.db_table in connection.introspection.table_names()
    except DatabaseError:
        return False


@contextlib.contextmanager
def scratch(name: str) -> Iterator[SearchEngine]:
    """Yield an engine over an index of its own, which is gone afterwards."""
    index = f"scratch-{uuid4().hex[:12]}"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(name, index, Path(folder))
        try:
            yield engine
        finally:
            engine.destroy()
