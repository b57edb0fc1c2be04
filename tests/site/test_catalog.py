"""The product speaks Chinese: every source string has its translation."""

from xinqiao import catalog


def test_every_source_string_has_chinese():
    assert catalog.missing() == []


def test_placeholders_survive_translation():
    import re

    names = re.compile(r"%\((\w+)\)")
    wrong = [
        e.msgid
        for e in catalog.load()
        if set(names.findall(e.msgid)) != set(names.findall(e.msgstr or e.msgid))
    ]
    assert wrong == []
