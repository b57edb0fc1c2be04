"""A draft carried over to the newest version of its form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from forms.answers.answers import TOP, Answers, Key
from forms.answers.keeping import pack
from forms.filling.actions.locking import keep, lock
from forms.filling.differences import Difference, differences, takes_answer
from forms.filling.models import Draft
from forms.kinds import kind_of
from forms.kinds.base import is_raw, raw_answer

if TYPE_CHECKING:
    from forms.definitions.document import Document


@dataclass
class CarryDraft:
    """Go on with a draft in the form's newest version (转到新版本). `changed` says what is different there.

    Answers keep their questions by name. One whose type changed is read anew, and kept as typed when it cannot be;
    one without a place is put beside, sealed as it was. The same version again changes nothing.
    """

    draft: Draft
    user: Any = None
    changed: list[Difference] = field(init=False, default_factory=list)

    @transaction.atomic
    def execute(self) -> Draft:
        draft = lock(self.draft.pk, self.user)
        old, version = draft.version, draft.version.form.live
        if version is None or version.pk == old.pk:
            return draft
        carried, left = split(draft.answers, old.document, version.document)
        self.changed = differences(old.document, version.document)
        if left.values:
            beside = {"version": old.number, "answers": pack(old.document, left, draft.pk)}
            draft.left_behind = [*draft.left_behind, beside]
        draft.version, draft.removed = version, []
        draft.visited = [
            step for step in draft.visited if step in {one.name for one in version.document.steps}
        ]
        draft.save(update_fields=["version", "left_behind"])
        keep(draft, carried, carried.values)
        log(instance=draft, action="wagtail.edit", user=self.user, data={"version": version.number})
        return draft


def split(answers: Answers, old: Document, new: Document) -> tuple[Answers, Answers]:
    """Return the answers that have a place in the new form, read as it reads them, and the others."""
    carried, left = Answers(), Answers()
    carried.rosters = {key: list(ids) for key, ids in answers.rosters.items() if key[1] in new.rosters}
    items = {item for ids in carried.rosters.values() for item in ids} | {TOP}
    left.rosters = {key: list(ids) for key, ids in answers.rosters.items()}
    for key, value in answers.values.items():
        if key[0] in items and takes_answer(key[1], old, new):
            carried.values[key] = _read_anew(key, value, old, new)
        else:
            left.values[key] = value
    return carried, left


def _read_anew(key: Key, value: Any, old: Document, new: Document) -> Any:
    before, after = old.questions[key[1]].item, new.questions[key[1]].item
    if type(before) is type(after):
        return value
    typed = kind_of(before).typed(before, value)
    read = kind_of(after).parse(after, typed)
    if read is None or is_raw(read):
        return raw_answer(kind_of(before).display(before, value, old))
    return read
