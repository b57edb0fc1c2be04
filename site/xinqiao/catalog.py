"""The Chinese catalogue: collect the source strings, compile, and say what is missing.

Pure Python (Babel reads the source, polib the catalogue), so that no machine needs gettext's programs.
Compiled files are made at start and by the tests; they are not kept in the repository.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

from xinqiao.settings.env import ROOT

PO = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
SOURCES = ("cms", "forms", "search", "site", "templates")
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
Key = tuple[str | None, str, str | None]


def source_strings() -> dict[Key, str]:
    """Return every translatable string, (context, text, plural) -> the first file that has it."""
    found: dict[Key, str] = {}
    for path, text in _source_files():
        for key in _strings_of(text):
            found.setdefault(key, str(path.relative_to(ROOT)))
    return found


def _source_files() -> Iterator[tuple[Path, str]]:
    for top in SOURCES:
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                yield path, path.read_text()
            elif path.suffix in {".html", ".txt"} and path.is_relative_to(ROOT / "templates"):
                yield path, _flat(templatize(path.read_text(), origin=str(path)))


def _flat(code: str) -> str:
    """Take the indentation from a template turned into Python: it means nothing there, but Python minds."""
    return "\n".join(line.strip() for line in code.splitlines())


def _strings_of(text: str) -> Iterator[Key]:
    from babel.messages.extract import extract

    for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        singular, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
        if singular:
            yield context, singular, plural


def update() -> list[str]:
    """Bring the catalogue up to the source, sorted and pruned; return texts without translation."""
    old = {(e.msgctxt, e.msgid): e for e in load()}
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "zh_Hans",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for context, text, plural in sorted(source_strings(), key=lambda key: (key[1], key[0] or "")):
        kept = old.get((context, text))
        entry = polib.POEntry(msgid=text, msgctxt=context)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = {0: (kept.msgstr_plural.get(0, "") or kept.msgstr) if kept else ""}
        else:
            entry.msgstr = kept.msgstr if kept else ""
        if "%(" in text or "%s" in text or "%d" in text:
            entry.flags.append("python-format")
        new.append(entry)
    new.save(str(PO))
    return missing()


def load() -> polib.POFile:
    """Return the catalogue, an empty one when there is none yet."""
    return polib.pofile(str(PO), wrapwidth=110) if PO.exists() else polib.POFile(wrapwidth=110)


def missing() -> list[str]:
    """Return the source texts that have no Chinese yet."""
    entries = {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural.get(0, "") for e in load()}
    return [text for context, text, _plural in source_strings() if not entries.get((context, text))]


def compile_catalog() -> None:
    """Write a .mo beside each .po that is newer: ours, and our additions to Wagtail's Chinese.

    This process reads them anew: what it stores from now on (titles of the first pages) is Chinese.
    """
    for source in sorted((ROOT / "locale").rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            translation_file_changed(None, target)
