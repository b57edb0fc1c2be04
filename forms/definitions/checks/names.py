"""Names: each is given once. Lists of choices have names of their own; all else shares one space."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from forms.definitions.checks.examined import Examined
from forms.definitions.checks.registry import check
from forms.definitions.fault import Fault, Path
from forms.definitions.places import say_place
from forms.definitions.questions import Matrix

#: Names that XLSForm or we use for something else: a question of this name could not be asked for.
RESERVED = frozenset({"meta", "instanceID", "instanceName", "item", "root"})


@check
def names_given_twice(form: Examined) -> Iterator[Fault]:
    """Yield an error for each name that something before it has: question, note, roster, row, step or score."""
    first: dict[str, Path] = {}
    for path, name in named_parts(form):
        if name in first:
            other = say_place(form.document, first[name])
            yield form.error(
                "name-twice",
                path,
                _("The name “%(name)s” is already that of %(other)s.") % {"name": name, "other": other},
                _("Give it another name; names tell answers apart."),
                "name",
            )
        else:
            first[name] = path


def named_parts(form: Examined) -> Iterator[tuple[Path, str]]:
    """Give every part that shares the space of names, steps last: they yield to questions."""
    for spot in form.spots:
        yield spot.path, spot.item.name
        for number, row in enumerate(spot.item.rows if isinstance(spot.item, Matrix) else ()):
            yield (*spot.path, "rows", number), row.name
    for number, score in enumerate(form.document.scores):
        yield ("scores", number), score.name
    for number, step in enumerate(form.document.steps):
        yield ("steps", number), step.name


@check
def names_that_differ_in_case_alone(form: Examined) -> Iterator[Fault]:
    """Yield a warning for names that people and spreadsheets confuse: Age and age."""
    seen: dict[str, str] = {}
    for path, name in named_parts(form):
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield form.warning(
                "name-alike",
                path,
                _("The names “%(name)s” and “%(other)s” differ in capitals alone.")
                % {"name": name, "other": other},
                _("Give it a name that nobody confuses."),
                "name",
            )


@check
def reserved_names(form: Examined) -> Iterator[Fault]:
    """Yield an error for names that the engine or XLSForm uses itself."""
    for path, name in named_parts(form):
        if name in RESERVED:
            yield form.error(
                "name-reserved",
                path,
                _("The name “%(name)s” has a meaning of its own.") % {"name": name},
                _("Give it another name."),
                "name",
            )
