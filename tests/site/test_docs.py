"""The documents say what the code does: settings, commands, make targets."""

import re

from xinqiao.settings.env import ROOT

SETTINGS = ROOT / "site" / "xinqiao" / "settings"
READS = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')


def project_commands() -> set[str]:
    folders = [ROOT / app / "management" / "commands" for app in ("cms", "forms", "search", "site/xinqiao")]
    return {path.stem for folder in folders for path in folder.glob("[a-z]*.py")}


def documents() -> str:
    return "\n".join(path.read_text() for path in [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_variable_that_settings_read_is_in_the_table():
    read = {name for path in SETTINGS.glob("*.py") for name in READS.findall(path.read_text())}
    table = (ROOT / "docs" / "settings.md").read_text()
    assert {name for name in read if f"| `{name}` |" not in table} == set()


def test_the_table_names_no_variable_that_nothing_reads():
    table = (ROOT / "docs" / "settings.md").read_text()
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", table, flags=re.M))
    source = "\n".join(path.read_text() for path in SETTINGS.glob("*.py"))
    assert {name for name in named if f'"{name}"' not in source} == set()


def test_every_command_is_documented():
    text = documents()
    assert {
        name for name in project_commands() if f"manage.py {name}" not in text and f"`{name}`" not in text
    } == set()


def test_every_make_target_of_the_readme_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.M))
    named = {
        name for path in ROOT.glob("README*.md") for name in re.findall(r"`make ([a-z-]+)", path.read_text())
    }
    assert named <= targets


def test_links_between_documents_lead_somewhere():
    link = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
    pages = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [(page, target) for page in pages for target in link.findall(page.read_text())]
    assert [f"{page.name} -> {target}" for page, target in links if not (page.parent / target).exists()] == []
