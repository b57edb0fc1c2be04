"""How many submissions of a form of 250 questions are handed in a second: `python -m bench.forms_submit`.

On a database of its own; each submission is the whole of what a person's click does: the run of the form, the lock,
revision, index of searchable answers, history and log, committed. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

QUESTIONS = 250
WANTED = 50.0
KINDS = ("text", "integer", "date", "yes_no", "decimal")
VALUES: dict[str, Any] = {
    "text": "今天去学生家里走访", "integer": 12, "date": "2026-11-24", "yes_no": "yes", "decimal": "12.50",
}  # fmt: skip


def content() -> dict[str, Any]:
    """A form of ten steps of 25 questions: a tenth depends on another, some have a constraint, five are searched."""
    steps = []
    for step in range(10):
        items = []
        for place in range(QUESTIONS // 10):
            number = step * QUESTIONS // 10 + place
            kind = KINDS[number % len(KINDS)]
            item = {"type": kind, "name": f"q{number}", "label": f"第{number}题", "required": number % 3 == 0}
            if number % 10 == 7:
                item |= {"relevant": f"${{q{number - 4}}} = 'yes'"}
            if number % 50 == 1:
                item |= {"searchable": True}
            if number % 25 == 11:
                item |= {"constraint": ". > 0 and . < 100"}
            items.append(item)
        steps.append({"name": f"s{step}", "title": f"第{step + 1}步", "items": items})
    return {"title": "二百五十题", "steps": steps, "summary": "${q0}"}


def measure(count: int) -> dict[str, Any]:
    """Hand in so many drafts, one after the other, and return what it took."""
    from cms.service import User
    from forms.definitions.actions import CreateForm, PublishForm
    from forms.filling.models import Draft
    from forms.submissions.actions import SubmitDraft

    user = User.objects.create_user("bench", password=None)
    form = CreateForm({"slug": "bench", "title": "二百五十题"}).execute()
    version = PublishForm(form, content()).execute()
    answers = version.document.questions.values()
    from forms.answers.answers import Answers

    filled = Answers.from_plain({p.item.name: VALUES[p.item.type] for p in answers}, set())
    drafts = []
    for _ in range(count + 5):
        draft = Draft(version=version, owner=user)
        draft.keep(filled)
        draft.save()
        drafts.append(draft)
    for draft in drafts[:5]:
        SubmitDraft(draft, user).execute()
    taken = []
    begun, worked = time.perf_counter(), time.process_time()
    for draft in drafts[5:]:
        start = time.perf_counter()
        SubmitDraft(draft, user).execute()
        taken.append(time.perf_counter() - start)
    total, worked = time.perf_counter() - begun, time.process_time() - worked
    taken.sort()
    return {
        "questions": QUESTIONS,
        "submissions": count,
        "per_second": round(count / total, 1),
        "wanted_per_second": WANTED,
        "per_second_of_one_core": round(count / worked, 1),
        "median_ms": round(taken[count // 2] * 1000, 1),
        "p95_ms": round(taken[int(count * 0.95)] * 1000, 1),
    }


def main() -> None:
    """Make the database and measure."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        os.environ["DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
        print(json.dumps(measure(count), ensure_ascii=False))


if __name__ == "__main__":
    main()
