"""Handing in forms of 250 questions, by the page that people press the button on: alone, and several at a time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from django.test import Client

from bench.forming.figures import Times
from bench.forming.pages import SERVER, make_draft

QUESTIONS, STEPS = 250, 10
#: Handed in by each client before anything counts.
WARMING = 5


@dataclass
class Rate:
    """So many submissions, how long they took altogether and each, and the seconds of processor time they cost."""

    count: int
    seconds: float
    times: Times
    processor: float

    @property
    def per_second(self) -> float:
        return self.count / self.seconds

    @property
    def processor_each(self) -> float:
        """Return the milliseconds of processor time that one submission cost."""
        return self.processor / self.count * 1000


#: When each submission began and ended, and the processor time of all.
Told = tuple[list[tuple[float, float]], float]


def measure(owner: Any, count: int, clients: int) -> Rate:
    """Hand in so many drafts, by so many clients at once, each a process of its own when there are several."""
    keys = make_drafts(owner, count + WARMING * clients)
    if clients == 1:
        return _together([hand_in(owner, keys[:WARMING]) and hand_in(owner, keys[WARMING:])])
    shares = [keys[place::clients] for place in range(clients)]
    started = [_start() for _ in shares]
    for process, share in zip(started, shares, strict=True):
        _say(process, [str(owner.pk), *share])
    for process in started:
        process.stdout.readline()  # warm, and waiting for the others
    for process in started:
        _say(process, ["go"])
    found = [json.loads(process.stdout.readline()) for process in started]
    for process in started:
        process.wait()
    return _together(found)


def make_drafts(owner: Any, count: int) -> list[str]:
    """Make so many drafts in which everything is answered; return their keys."""
    from forms.filling.models import Draft

    first = make_draft(QUESTIONS, STEPS, owner)
    drafts = [
        Draft(
            version_id=first.version_id, owner=owner, kept_answers=first.kept_answers,
            visited=first.visited, answered_at=first.answered_at, revision=STEPS,
        )
        for _ in range(count)
    ]  # fmt: skip
    return [str(draft.pk) for draft in Draft.objects.bulk_create(drafts, batch_size=100)]


def hand_in(owner: Any, keys: list[str]) -> Told:
    """Press the button of each draft's last page."""
    client = Client(**SERVER)
    client.force_login(owner)
    found, worked = [], time.process_time()
    for key in keys:
        begun = time.time()
        answer = client.post(f"/fill/{key}/check/", {"revision": STEPS})
        found.append((begun, time.time()))
        if answer.status_code != 302 or not answer["Location"].endswith("/done/"):
            raise SystemExit(f"Not handed in: {answer.status_code}")
    return found, time.process_time() - worked


def _together(told: list[Told]) -> Rate:
    every = [one for of_client, _worked in told for one in of_client]
    seconds = max(end for _begun, end in every) - min(begun for begun, _end in every)
    times = Times([end - begun for begun, end in every])
    return Rate(len(every), seconds, times, sum(worked for _of_client, worked in told))


def _start() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.forming.submitting"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _say(process: Any, words: list[str]) -> None:
    process.stdin.write(json.dumps(words) + "\n")
    process.stdin.flush()


def main() -> None:
    """Be one of several clients: read who and what, warm up, wait for the word, hand in, tell the times."""
    from bench.forming.database import open_site

    open_site()
    from cms.service import User

    user, *keys = json.loads(sys.stdin.readline())
    owner = User.objects.get(pk=user)
    hand_in(owner, keys[:WARMING])
    print("warm", flush=True)
    sys.stdin.readline()
    print(json.dumps(hand_in(owner, keys[WARMING:])), flush=True)


if __name__ == "__main__":
    main()
