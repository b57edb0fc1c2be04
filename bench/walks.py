"""500 random walks through random forms: do the three engines agree? `python -m bench.walks [--walks 500]`.

Each form is walked with five sets of answers. Prints what differs, and exits 1 when anything does. An engine that is
not on the machine is left out and named.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

WALKS_A_FORM = 5


def main() -> None:
    """Read the options, walk, and leave with 1 when engines differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walks", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.settings.test")
    import django

    django.setup()
    sys.exit(1 if compare(options.walks, options.seed) else 0)


def compare(walks: int, seed: int) -> int:
    """Return how many walks differ between engines."""
    from forms.definitions.document import Document
    from forms.run.engines import ENGINES, EngineMissingError

    others = [name for name in ENGINES if name != "python"]
    different = 0
    for content, sets in walked(walks // WALKS_A_FORM, seed):
        document = Document.model_validate(content)
        ours = json.loads(json.dumps(ENGINES["python"](document, sets)))
        for name in list(others):
            try:
                theirs = ENGINES[name](document, sets)
            except EngineMissingError as error:
                print(f"{name} is left out: {error}")
                others.remove(name)
                continue
            for given, one, other in zip(sets, ours, theirs, strict=True):
                if one != other:
                    different += 1
                    print(
                        json.dumps(
                            {"engine": name, "form": content, "answers": given, "ours": one, "theirs": other}
                        )
                    )
    print(f"{walks} walks, {different} differences; python against {', '.join(others) or 'nobody'}")
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
