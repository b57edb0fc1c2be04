"""The browser's engine: our own scripts in a headless Chromium, on a page that has nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions.document import Document
from forms.run.compiled import compiled
from forms.run.engines.result import EngineMissingError, Verdicts, assembled, facts_of, read_answers
from forms.run.tree import tree_of

SCRIPTS = Path(settings.BASE_DIR) / "templates" / "static" / "forms"
HOME = "http://forms.invalid/"
_RUN = """
async ({form, sets, now}) => {
  const engine = await import("/run.js");
  return sets.map((given) => engine.run(form, given, now));
}
"""


def results(document: Document, answer_sets: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what the browser makes of each set of answers. Raises EngineMissingError where there is no browser."""
    form = tree_of(compiled(document))
    read = [read_answers(document, given) for given in answer_sets]
    asked = {
        "form": form,
        "sets": [facts_of(document, answers) for answers in read],
        "now": int(timezone.now().timestamp() * 1000),
    }
    return [
        assembled(document, answers, _verdicts(one)) for answers, one in zip(read, _ask(asked), strict=True)
    ]


def _verdicts(found: Mapping[str, Any]) -> Verdicts:
    return Verdicts(
        relevant=found["relevant"],
        required=found["required"],
        calculated=found["calculated"],
        refused=set(found["refused"]),
        steps=set(found["path"]),
        notes=set(found["notes"]),
    )


def _ask(asked: dict[str, Any]) -> list[Any]:
    """Run the scripts in a thread of their own: Playwright wants a thread whose event loop is nobody else's."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(_ask_chromium, asked).result()


def _ask_chromium(asked: dict[str, Any]) -> list[Any]:
    """Run the scripts. Nothing of the database may be asked in here."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise EngineMissingError(
            _("The browser's engine needs Playwright: pip install playwright.")
        ) from error
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        except Error as error:
            raise EngineMissingError(_("The browser's engine needs Chromium.")) from error
        page = browser.new_page()
        page.route(f"{HOME}**", _serve)
        page.goto(HOME)
        found: list[Any] = page.evaluate(_RUN, asked)
        browser.close()
    return found


def _serve(route: Any) -> None:
    name = route.request.url.removeprefix(HOME)
    script = (SCRIPTS / name).resolve()
    if not name:
        route.fulfill(body="<!doctype html><title>.</title>", content_type="text/html")
    elif script.is_relative_to(SCRIPTS.resolve()) and script.is_file():
        route.fulfill(body=script.read_text(), content_type="text/javascript")
    else:
        route.abort()
