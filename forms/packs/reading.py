"""Reading a pack (数据包) from its folder. Nothing of the database is touched."""

from __future__ import annotations

import csv
import json
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field
from pydantic import ValidationError as InvalidPartError

from forms.definitions.base import Name, Part
from forms.definitions.document import Document
from forms.registers.properties import Property

BUILT_IN = Path(__file__).parent


class PackError(Exception):
    """A pack cannot be read or loaded: a sentence for the operator."""


class PackForm(Part):
    """A form of a pack: `forms/<slug>.json` holds its document."""

    slug: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")
    audience: Literal["teachers", "staff", "public"] = "teachers"


class PackCodes(Part):
    """A code list of a pack: `codes/<name>.tsv` holds its rows (value, label, parent)."""

    name: Name
    title: str
    source: str = ""


class Manifest(Part):
    """`pack.json`: what is in the folder."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")
    title: str
    version: int = Field(ge=1)
    requires: tuple[str, ...] = ()
    codes: tuple[PackCodes, ...] = ()
    registers: tuple[Name, ...] = ()
    forms: tuple[PackForm, ...] = ()


class PackRegister(Part):
    """A register of a pack: `registers/<name>.json`."""

    name: Name
    title: str
    record_name: str
    properties: tuple[Property, ...] = Field(min_length=1)


class Pack:
    """A pack's folder. Raises PackError when something in it is missing or wrong, naming the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = self._read(folder / "pack.json", Manifest)

    @classmethod
    def named(cls, name: str) -> Pack:
        """Return the pack that comes with the product, or the one in the folder of this path."""
        folder = Path(name) if "/" in name else BUILT_IN / name
        if not (folder / "pack.json").is_file():
            raise PackError(_("There is no pack %(name)s.") % {"name": name})
        return cls(folder)

    def register(self, name: str) -> PackRegister:
        return self._read(self.folder / "registers" / f"{name}.json", PackRegister)

    def document(self, slug: str) -> Document:
        return self._read(self.folder / "forms" / f"{slug}.json", Document)

    def code_rows(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a code list, in order."""
        path = self.folder / "codes" / f"{name}.tsv"
        if not path.is_file():
            raise PackError(_("%(file)s is missing.") % {"file": path.name})
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t"))

    @cached_property
    def sample(self) -> dict[str, Any]:
        """Return what the pack brings for a demonstration, empty when it brings nothing."""
        path = self.folder / "demo.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    @staticmethod
    def _read(path: Path, model: Any) -> Any:
        try:
            return model.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            raise PackError(_("%(file)s is missing.") % {"file": path.name}) from None
        except InvalidPartError as error:
            raise PackError(f"{path.name}: {error}") from error
