"""The product speaks Chinese: every source string has its translation."""

import re
from pathlib import Path

import polib
import wagtail
from django.utils import translation

from xinqiao import catalog

WAGTAIL = catalog.ROOT / "locale" / "wagtail" / "zh_Hans" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def test_every_source_string_has_chinese():
    assert catalog.missing() == []


def test_placeholders_survive_translation():
    names = re.compile(r"%\((\w+)\)")
    wrong = [
        e.msgid
        for e in catalog.load()
        if set(names.findall(e.msgid)) != set(names.findall(e.msgstr or e.msgid))
    ]
    assert wrong == []


def additions() -> list[polib.POEntry]:
    return [entry for path in sorted(WAGTAIL.glob("*.po")) for entry in polib.pofile(str(path))]


def test_our_additions_to_wagtail_name_no_other_placeholders():
    for entry in additions():
        chinese = entry.msgstr or entry.msgstr_plural[0]
        known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        assert set(PLACEHOLDER.findall(chinese)) <= known, entry.msgid


def test_our_additions_to_wagtail_are_texts_of_wagtail():
    root = Path(wagtail.__file__).parent
    known = {e.msgid for po in root.rglob("locale/en/LC_MESSAGES/*.po") for e in polib.pofile(str(po))}
    assert [entry.msgid for entry in additions() if entry.msgid not in known] == []


def test_a_text_that_wagtail_lacks_is_chinese():
    with translation.override("zh-hans"):
        assert translation.gettext("- Select an option -") == "请选择"


def test_the_process_that_compiles_the_catalogue_speaks_chinese_at_once(tmp_path, monkeypatch, settings):
    """A first start stores the titles of the first pages, and has looked for Chinese before it compiles."""
    folder = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "django.po").write_text(
        head + 'msgid "Word of this test"\nmsgstr "测试词语"\n', encoding="utf-8"
    )
    monkeypatch.setattr(catalog, "ROOT", tmp_path)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    with translation.override("zh-hans"):
        assert translation.gettext("Word of this test") == "Word of this test"
    catalog.compile_catalog()
    with translation.override("zh-hans"):
        assert translation.gettext("Word of this test") == "测试词语"
