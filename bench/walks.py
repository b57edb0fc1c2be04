"""500 random walks through random forms: `python -m bench.walks [--walks 500]`.

Each form is walked with five sets of answers, and each walk also through a real draft in a database of its own: saved
step by step, back and forth, with changes of mind and back, and handed in. Prints where the engines differ and where
anything was lost, and exits 1 when there is such a place. An engine that is not on the machine is left out and named.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bench.forming.database import own_site

WALKS_A_FORM = 5


def main() -> None:
    """Read the options, walk, and leave with 1 when engines differ or something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walks", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with own_site():
        found = go(options.walks, options.seed)
    sys.exit(1 if found else 0)


def go(walks: int, seed: int) -> int:
    """Return how many walks went wrong in a draft or differ between engines."""
    from forms.definitions.document import Document
    from tests.forms.filling.people import make_teacher

    owner, engines, told = make_teacher(), Engines(), Counter[str]()
    for content, sets in walked(walks // WALKS_A_FORM, seed):
        drafts = list(through_drafts(content, sets, owner))
        told["handed in"] += len(drafts)
        told["lost"] += len(sets) - len(drafts)
        told["with answers off the path"] += sum(one["off"] for one in drafts)
        told["differences"] += engines.differences(
            Document.model_validate(content),
            [*sets, *(one["draft"] for one in drafts)],
            [None] * len(sets) + [one["handed in"] for one in drafts],
        )
    print(f"{walks} walks; python against {', '.join(engines.others) or 'nobody'}")
    print(", ".join(f"{name}: {count}" for name, count in told.items()))
    return told["differences"] + told["lost"]


def through_drafts(content: dict[str, Any], sets: list[Any], owner: Any) -> Iterator[dict[str, Any]]:
    """Give for each walk what its draft holds in the end, and what was handed in. Prints those that lose something."""
    from tests.factories.forms import make_version
    from tests.forms.run.drafting import DraftWalk

    version = make_version(content)
    for number, first in enumerate(sets):
        second = sets[(number + 1) % len(sets)]
        walk = DraftWalk(version, owner)
        try:
            handed_in = walk.go(first, second)
        except AssertionError:
            traceback.print_exc()
            print(json.dumps({"form": content, "answers": [first, second]}, ensure_ascii=False))
            continue
        off = {key for key in walk.typed if not walk.outcome().relevant.get(key)}
        yield {"draft": walk.plain(), "handed in": handed_in, "off": bool(off)}


class Engines:
    """The engines that are on this machine."""

    def __init__(self) -> None:
        from forms.run.engines import ENGINES

        self.others = [name for name in ENGINES if name != "python"]

    def differences(self, document: Any, sets: list[Any], handed_in: list[Any]) -> int:
        """Return in how many sets an engine comes to something else, or counts other answers than were handed in."""
        from forms.run.engines import ENGINES, EngineMissingError

        ours, different = json.loads(json.dumps(ENGINES["python"](document, sets))), 0
        for name in ["python", *self.others]:
            try:
                theirs = json.loads(json.dumps(ENGINES[name](document, sets)))
            except EngineMissingError as error:
                print(f"{name} is left out: {error}")
                self.others.remove(name)
                continue
            for given, one, other, counted in zip(sets, ours, theirs, handed_in, strict=True):
                if one == other and counted in (None, other["values"]):
                    continue
                different += 1
                told = {"engine": name, "answers": given, "ours": one, "theirs": other, "handed in": counted}
                print(json.dumps({**told, "form": document.compact()}, ensure_ascii=False), flush=True)
        return different


def walked(forms: int, seed_of_all: int) -> list[Any]:
    """Return random forms with answers, the same for the same seed."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from tests.forms.run.walks import walks

    found: list[Any] = []

    @seed(seed_of_all)
    @settings(
        max_examples=forms,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(walks(sets=WALKS_A_FORM))
    def collect(walk: Any) -> None:
        found.append(walk)

    collect()
    return found


if __name__ == "__main__":
    main()
