"""Run XForms with answers through JavaRosa, many in one start of the JVM.

Needs a JDK (11 or newer) and pyxform, whose wheel carries the jar (Apache-2.0). Both are tools of developers, not of
the running site: `missing()` says in words what is not there.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree

RUNNER = Path(__file__).with_name("JavaRosaRunner.java")
# Beijing time without its daylight saving of 1986 to 1991, Chinese names of days, quick to start.
FLAGS = (
    "-Duser.timezone=GMT+08:00",
    "-Duser.language=zh",
    "-Duser.country=CN",
    "-XX:TieredStopAtLevel=1",
    "-Xss8m",
)
TIMEOUT = 300  # seconds for all runs together


class JavaRosaMissingError(RuntimeError):
    """There is no Java, or no jar, on this machine."""


@dataclass(frozen=True)
class Run:
    """An XForm (XML) and what is answered: `{"question": answer, "roster": [{"question": answer}]}`."""

    xform: str
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What JavaRosa made of a run.

    Keys are places such as `roster[2].question`. `verdicts`: accepted, empty (but required) or refused (constraint);
    `error` is JavaRosa's message when the form or the answers could not be evaluated, and the rest is empty then.
    """

    values: Mapping[str, str]
    relevant: Mapping[str, bool]
    required: Mapping[str, bool]
    verdicts: Mapping[str, str]
    error: str = ""
    #: Rosters that take further items.
    offered: frozenset[str] = frozenset()


def missing() -> str:
    """Return what is missing to run JavaRosa, empty when nothing is."""
    if shutil.which("java") is None:
        return "JavaRosa needs a JDK: there is no java on the PATH."
    if importlib.util.find_spec("pyxform") is None:
        return "JavaRosa's jar comes with pyxform: pip install pyxform."
    return ""


def judge(runs: Sequence[Run], *, keep: bool = False) -> list[Outcome]:
    """Return one outcome a run. Raises JavaRosaMissingError, or RuntimeError with Java's words when the JVM fails.

    `keep` has answers count that are refused, and goes through the form until nothing new is asked: as a form that
    is saved at every step does.
    """
    if lacking := missing():
        raise JavaRosaMissingError(lacking)
    with tempfile.TemporaryDirectory(prefix="javarosa-") as folder:
        for number, run in enumerate(runs):
            Path(folder, f"{number}.xml").write_text(run.xform, encoding="utf-8")
            Path(folder, f"{number}.answers").write_text("\n".join(_lines(run)), encoding="utf-8")
        command = [
            "java",
            *FLAGS,
            "-cp",
            str(_jar()),
            str(RUNNER),
            folder,
            str(len(runs)),
            "keep" if keep else "",
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)  # noqa: S603
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or len(lines) != len(runs):
        raise RuntimeError(done.stderr.strip() or done.stdout[-2000:])
    return [_outcome(json.loads(line)) for line in lines]


def _jar() -> Path:
    spec = importlib.util.find_spec("pyxform")
    if spec is None or spec.origin is None:
        raise JavaRosaMissingError(missing())
    return Path(spec.origin).parent / "validators/odk_validate/bin/ODK_Validate.jar"


def _lines(run: Run) -> Iterator[str]:
    """Yield `reference TAB answer` for every answer, and the reference alone for every item of a roster."""
    paths = _paths(run.xform)

    def walk(answers: Mapping[str, Any], positions: dict[str, int]) -> Iterator[str]:
        for name, answer in answers.items():
            if isinstance(answer, (list, tuple)) and answer and isinstance(answer[0], Mapping):
                for number, item in enumerate(answer, 1):
                    inside = {**positions, name: number}
                    yield _reference(paths[name], inside)
                    yield from walk(item, inside)
            elif name in paths and (text := _text(answer)):
                yield f"{_reference(paths[name], positions)}\t{quote(text)}"

    yield from walk(run.answers, {})


def _text(answer: object) -> str:
    if isinstance(answer, (list, tuple)):
        return " ".join(map(str, answer))
    if isinstance(answer, bool):
        return "true" if answer else "false"
    return "" if answer is None else str(answer)


def _reference(path: tuple[str, ...], positions: Mapping[str, int]) -> str:
    return "".join(f"/{name}[{positions.get(name, 1)}]" for name in path)


def _paths(xform: str) -> dict[str, tuple[str, ...]]:
    """Return the path of every name in the form's own instance."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    instance = etree.fromstring(xform.encode(), parser).find(".//{*}instance")
    found: dict[str, tuple[str, ...]] = {}

    def walk(node: etree._Element, path: tuple[str, ...]) -> None:
        for child in node.iterchildren("{*}*"):
            name = etree.QName(child).localname
            found.setdefault(name, (*path, name))
            walk(child, (*path, name))

    if instance is not None:
        walk(instance[0], (etree.QName(instance[0]).localname,))
    return found


def _outcome(printed: dict[str, Any]) -> Outcome:
    if "error" in printed:
        return Outcome({}, {}, {}, {}, printed["error"])
    nodes = printed["nodes"]
    verdicts = {0: "accepted", 1: "empty", 2: "refused"}
    return Outcome(
        values={node["place"]: node["value"] for node in nodes if not node["holds"]},
        relevant={node["place"]: node["relevant"] for node in nodes},
        required={node["place"]: node["required"] for node in nodes if not node["holds"]},
        verdicts={place: verdicts[code] for place, code in printed["answered"].items()},
        offered=frozenset(printed["offered"]),
    )
