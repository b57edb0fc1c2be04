"""What the form engine takes: `python -m bench.forms [--only steps submissions export] [--rows 132229]`.

Saving a step against a bare ModelForm in the same run, steps of a form of 2,000 questions, submissions a second,
large exports. On a database of its own: a SQLite file, or the empty database of DATABASE_URL. Prints a table; exits 1
when a figure is not what it must be.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from bench.forming.database import own_site
from bench.forming.figures import Line

PARTS = ("steps", "submissions", "export")
MOST_TIMES_BARE = 1.5
MOST_P95 = 100
LEAST_SUBMISSIONS = 50
MOST_SECONDS, MOST_MEMORY = 300, 200


def main() -> None:
    """Read the options, measure, print, and say whether all figures are what they must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rounds", type=int, default=60, help="savings of each page")
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--clients", type=int, default=2, help="processes that hand in at once")
    parser.add_argument("--rows", type=int, default=132_229, help="submissions to export")
    parser.add_argument("--formats", nargs="+", default=["csv", "jsonl", "xlsx"])
    options = parser.parse_args()
    holds = True
    with own_site():
        from cms.service import User

        owner = User.objects.create_superuser("bench", password=None)
        for part in options.only:
            for line in MEASURED[part](owner, options):
                print(line, flush=True)
                holds &= line.holds
    sys.exit(0 if holds else 1)


def steps(owner: Any, options: argparse.Namespace) -> Iterator[Line]:
    """Save steps, and the bare form, in turns."""
    from bench.forming.pages import measure

    times = measure(owner, options.rounds, lambda _name: True)
    bare = times.pop("bare")
    yield Line(
        "a bare ModelForm of 100 fields", f"median {bare.median:.1f} ms, p95 {bare.p95:.1f} ms", "—", True
    )
    for name, found in times.items():
        told = f"median {found.median:.1f} ms, p95 {found.p95:.1f} ms"
        if name.startswith("100 "):
            ratio = found.median / bare.median
            told = f"{told}, {ratio:.2f} times"
            yield Line(f"a step: {name}", told, f"< {MOST_TIMES_BARE} times", ratio < MOST_TIMES_BARE)
        else:
            yield Line(f"a step: {name}", told, f"p95 < {MOST_P95} ms", found.p95 < MOST_P95)


def submissions(owner: Any, options: argparse.Namespace) -> Iterator[Line]:
    """Hand in by one client, then by several at once."""
    from bench.forming.submitting import measure

    for clients in sorted({1, options.clients}):
        rate = measure(owner, options.submissions, clients)
        told = (
            f"{rate.per_second:.1f} a second, {rate.processor_each:.1f} ms of processor time each, "
            f"median {rate.times.median:.1f} ms, p95 {rate.times.p95:.1f} ms"
        )
        who = "one client" if clients == 1 else f"{clients} clients at once"
        yield Line(
            f"submissions of 250 questions, {who}",
            told,
            f">= {LEAST_SUBMISSIONS} a second",
            rate.per_second >= LEAST_SUBMISSIONS,
        )


def export(owner: Any, options: argparse.Namespace) -> Iterator[Line]:
    """Write each format."""
    from bench.forming.exporting import COLUMNS, make_submissions, measure

    form = make_submissions(owner, options.rows)
    for suffix in options.formats:
        took = measure(form, owner, suffix)
        yield Line(
            f"export of {options.rows} x {COLUMNS} as {suffix}",
            f"{took.seconds:.0f} s, {took.memory:.0f} MB of memory, a file of {took.size:.0f} MB",
            f"< {MOST_SECONDS} s and < {MOST_MEMORY} MB",
            took.seconds < MOST_SECONDS and took.memory < MOST_MEMORY,
        )


MEASURED = {"steps": steps, "submissions": submissions, "export": export}

if __name__ == "__main__":
    main()
