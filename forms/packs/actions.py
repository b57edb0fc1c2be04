"""Loading a pack and upgrading it later, without touching what the bureau made its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F

from forms.codes.models import Code, CodeList
from forms.definitions.actions import CreateForm, PublishForm
from forms.definitions.models import Form, digest_of
from forms.findable.notes import note_codes, note_register
from forms.packs.models import PackPart
from forms.packs.reading import Pack, PackCodes, PackForm
from forms.registers.models import Register


@dataclass
class LoadPack:
    """Install a pack, or bring it up to date (装入数据包); what it requires is loaded first.

    A form that the bureau has changed since the pack brought it stays as it is, unless `overwrite`. Raises PackError.
    """

    pack: Pack
    overwrite: bool = False
    done: list[tuple[str, str, str]] = field(default_factory=list)

    @transaction.atomic
    def execute(self) -> list[tuple[str, str, str]]:
        """Return (kind, name, what was done: "new", "changed", "same", "kept") for each part."""
        for name in self.pack.manifest.requires:
            self.done += LoadPack(Pack.named(name), self.overwrite).execute()
        for codes in self.pack.manifest.codes:
            self._codes(codes)
        for name in self.pack.manifest.registers:
            self._register(name)
        for form in self.pack.manifest.forms:
            self._form(form)
        return self.done

    def _codes(self, codes: PackCodes) -> None:
        rows = self.pack.code_rows(codes.name)
        digest = _digest([codes.compact(), rows])
        if self._brought("codes", codes.name) == digest:
            self.done.append(("codes", codes.name, "same"))
            return
        found, made = CodeList.objects.update_or_create(
            name=codes.name, defaults={"title": codes.title, "source": codes.source}
        )
        _replace_codes(found, rows)
        self._note("codes", codes.name, digest, made=made)

    def _register(self, name: str) -> None:
        wanted = self.pack.register(name)
        content = wanted.compact()
        digest = _digest(content)
        brought = self._brought("register", name)
        now = Register.objects.filter(name=name).first()
        if now is not None and brought == digest:
            self.done.append(("register", name, "same"))
            return
        values = {"title": wanted.title, "record_name": wanted.record_name, "pack": self.pack.manifest.name}
        if now is None:
            Register.objects.create(name=name, properties=content["properties"], **values)
        else:
            # Properties that records may hold stay, also when the pack no longer names them.
            named = {one["name"] for one in content["properties"]}
            kept = [one for one in now.properties if one["name"] not in named]
            Register.objects.filter(pk=now.pk).update(properties=content["properties"] + kept, **values)
            note_register(now)
        self._note("register", name, digest, made=now is None)

    def _form(self, wanted: PackForm) -> None:
        content = self.pack.document(wanted.slug).compact()
        digest = digest_of(content)
        form = Form.objects.filter(slug=wanted.slug).first()
        if form is None:
            fields = {"slug": wanted.slug, "title": content["title"], "audience": wanted.audience}
            form = CreateForm({**fields, "pack": self.pack.manifest.name}).execute()
            PublishForm(form, content).execute()
            self._note("form", wanted.slug, digest, made=True)
            return
        now = form.live.digest if form.live else ""
        if now == digest:
            self.done.append(("form", wanted.slug, "same"))
        elif now == self._brought("form", wanted.slug) or self.overwrite:
            PublishForm(
                form, content, note=f"{self.pack.manifest.title} v{self.pack.manifest.version}"
            ).execute()
            self._note("form", wanted.slug, digest, made=False)
        else:
            self.done.append(("form", wanted.slug, "kept"))

    def _brought(self, kind: str, name: str) -> str:
        return PackPart.objects.filter(kind=kind, name=name).values_list("digest", flat=True).first() or ""

    def _note(self, kind: str, name: str, digest: str, *, made: bool) -> None:
        manifest = self.pack.manifest
        values = {"pack": manifest.name, "digest": digest, "pack_version": manifest.version}
        PackPart.objects.update_or_create(kind=kind, name=name, defaults=values)
        self.done.append((kind, name, "new" if made else "changed"))


def _digest(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _replace_codes(codes: CodeList, rows: list[dict[str, str]]) -> None:
    """Bring the rows in; a code that is gone is retired, so that old answers keep their label.

    Where labels changed, the search looks again at what shows them.
    """
    before = dict(codes.entries.values_list("value", "label"))
    entries = [
        Code(
            codes=codes,
            value=row["value"],
            label=row["label"],
            parent=row.get("parent") or "",
            position=place,
        )
        for place, row in enumerate(rows)
    ]
    Code.objects.bulk_create(
        entries,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["codes", "value"],
        update_fields=["label", "parent", "position", "retired"],
    )
    wanted = {row["value"] for row in rows}
    gone = [value for value in codes.entries.values_list("value", flat=True) if value not in wanted]
    for start in range(0, len(gone), 500):
        codes.entries.filter(value__in=gone[start : start + 500]).update(retired=True)
    CodeList.objects.filter(pk=codes.pk).update(revision=F("revision") + 1)
    if any(before.get(row["value"]) != row["label"] for row in rows):
        note_codes(codes.name)
