"""docs/requirements.csv is true: each row names code and a test that exist, each id is named once."""

import csv
import re

import pytest

from xinqiao.settings.env import ROOT

PATH = ROOT / "docs" / "requirements.csv"


def rows() -> list[dict[str, str]]:
    if not PATH.exists():
        return []
    with PATH.open(newline="") as file:
        return list(csv.DictReader(file))


def names(path: str, name: str) -> bool:
    """Say whether the file defines the class, function, method or field `name`."""
    text = (ROOT / path).read_text()
    last = re.escape(name.rsplit(".", 1)[-1])
    return bool(re.search(rf"(?m)^\s*(?:class|def|async def)\s+{last}\b|^\s*{last}\b\s*(?::[^=\n]+)?=", text))


def test_the_map_has_rows():
    assert rows()


def test_ids_are_well_formed_and_named_once():
    ids = [row["id"] for row in rows()]
    assert len(ids) == len(set(ids))
    assert [name for name in ids if not re.fullmatch(r"[A-Z]\d*-\d+[a-z]?|P\d\d-\d\d[a-z]?", name)] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_each_requirement_lives_where_the_map_says(row):
    path, _, name = row["where"].partition(":")
    assert (ROOT / path).exists(), path
    assert not name or names(path, name), row["where"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_each_requirement_has_the_test_the_map_names(row):
    path, _, name = row["test"].partition("::")
    assert path.startswith("tests/")
    assert names(path, name), row["test"]
