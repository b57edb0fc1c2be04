"""The product speaks Chinese: every source string has its translation."""

import re
from pathlib import Path

import django
import polib
import wagtail
import wagtail_modeladmin
from django.apps import apps
from django.utils import translation

from xinqiao import catalog

WAGTAIL = catalog.ROOT / "locale" / "wagtail" / "zh_Hans" / "LC_MESSAGES"
#: Texts that others leave in English, or say in other words of the same meaning; ours stand in the whole admin.
SYNONYMS = {
    "Active", "All", "Approved", "By %(filter_title)s", "Cancelled", "Edit", "Filter", "For search engines",
    "History", "Home", "Inspect",
    "Log out", "Name", "New", "Reset password", "Revoke", "Show", "Text", "Unpublished", "active", "comment",
    "created at",
    "finished at", "name", "revoked at",
}  # fmt: skip
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


def test_our_additions_to_wagtail_are_texts_of_wagtail_or_django():
    roots = [Path(package.__file__).parent for package in (wagtail, wagtail_modeladmin, django)]
    files = [po for root in roots for po in root.rglob("locale/en/LC_MESSAGES/*.po")]
    known = {e.msgid for po in files for e in polib.pofile(str(po))}
    assert [entry.msgid for entry in additions() if entry.msgid not in known] == []


def test_everybody_is_addressed_politely():
    """您, never 你: in the texts of Wagtail and Django as well."""
    rude = [key for key, said in chinese_of_others().items() if any("你" in text for text in said)]
    ours = {(entry.msgctxt, entry.msgid) for entry in additions()}
    assert len(rude) > 40
    assert [key for key in rude if key not in ours] == []
    assert [entry.msgid for entry in [*additions(), *catalog.load()] if "你" in entry.msgstr] == []


def test_a_text_that_wagtail_lacks_is_chinese():
    with translation.override("zh-hans"):
        assert translation.gettext("- Select an option -") == "请选择"


def test_the_admin_says_what_is_done_to_a_submission_and_never_workflow():
    with translation.override("zh-hans"):
        assert translation.gettext("Cancel workflow ") == "撤回送审"
        root = Path(wagtail.__file__).parent
        texts = {e for po in root.rglob("zh_Hans/LC_MESSAGES/django.po") for e in polib.pofile(str(po))}
        spoken = {e.msgid: translation.gettext(e.msgid) for e in texts if "工作流" in e.msgstr}
    assert len(spoken) > 50
    assert {msgid: text for msgid, text in spoken.items() if "工作流" in text} == {}


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


def chinese_of_others() -> dict[tuple[str | None, str], set[str]]:
    """Return what Django and the installed apps say in Chinese; "" where they stay English."""
    folders = {Path(config.path) / "locale" for config in apps.get_app_configs()}
    # The packages may stand inside our folder, in .venv/.
    folders = {f for f in folders if "site-packages" in f.parts or not f.is_relative_to(catalog.ROOT)}
    folders |= {Path(django.__file__).parent / "conf" / "locale", WAGTAIL.parents[1]}
    found: dict[tuple[str | None, str], set[str]] = {}
    for folder in folders:
        for path in folder.glob("en/LC_MESSAGES/django.po"):
            for entry in polib.pofile(str(path)):
                found.setdefault((entry.msgctxt, entry.msgid), set())
        for path in folder.glob("zh_Hans/LC_MESSAGES/django.po"):
            for entry in polib.pofile(str(path)):
                said = found.setdefault((entry.msgctxt, entry.msgid), set())
                said |= {entry.msgstr, *entry.msgstr_plural.values()} - {""}
    return {key: said or {""} for key, said in found.items()}


def test_no_text_of_ours_changes_what_others_mean():
    """All catalogues are one: our Chinese for a text takes the place of Wagtail's for the same text."""
    others = chinese_of_others()
    wrong = {}
    for entry in catalog.load():
        ours = entry.msgstr or entry.msgstr_plural.get(0)
        said = others.get((entry.msgctxt, entry.msgid), {ours})
        if ours not in said and entry.msgid not in SYNONYMS:
            wrong[entry.msgid] = (ours, sorted(said))
    assert wrong == {}, "say it in other English words, or add it to SYNONYMS"


def test_each_synonym_is_still_one():
    others = {msgid for _context, msgid in chinese_of_others()}
    assert {entry.msgid for entry in catalog.load()} & others >= SYNONYMS
