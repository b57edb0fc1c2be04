"""What a form writes to a register: the register and its properties exist, and each is written once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions.checks.examined import Examined, Spot
from forms.definitions.checks.registry import check
from forms.definitions.fault import Fault
from forms.definitions.places import label_of


@check
def unknown_registers(form: Examined) -> Iterator[Fault]:
    """Yield an error for each register that the site does not have."""
    from forms.registers.models import Register

    wanted = {spot.item.register_name: spot.path for spot in form.questions if spot.item.type == "record"}
    if form.document.about:
        wanted = {form.document.about.register_name: ("about",), **wanted}
    there = set(Register.objects.filter(name__in=wanted).values_list("name", flat=True)) if wanted else set()
    for name, path in wanted.items():
        if name not in there:
            yield form.error(
                "register-unknown",
                path,
                _("There is no register “%(register)s”.") % {"register": name},
                _("Choose a register of the site."),
                "register",
            )


@check
def writes_without_register(form: Examined) -> Iterator[Fault]:
    """Yield an error for an answer that goes to a register when the form has none."""
    for spot in writers(form):
        if form.document.about is None:
            yield form.error(
                "writes-nowhere",
                spot.path,
                _("It writes to “%(property)s”, but the form belongs to no register.")
                % {"property": spot.item.saves_to},
                _("Say which register the form is about, or leave this empty."),
                "saves_to",
            )


@check
def unknown_properties(form: Examined) -> Iterator[Fault]:
    """Yield an error for a property that the register does not have, or whose secrecy the question does not keep."""
    properties = _properties(form)
    if properties is None:
        return
    for spot in writers(form):
        known = properties.get(spot.item.saves_to)
        if known is None:
            yield form.error(
                "property-unknown",
                spot.path,
                _("The register has no property “%(property)s”.") % {"property": spot.item.saves_to},
                _("Choose one of these: %(names)s.") % {"names": "、".join(properties)},
                "saves_to",
            )
        elif spot.item.sensitive and not known.get("sensitive"):
            yield form.error(
                "property-open",
                spot.path,
                _("The answer is sensitive, but the register's property “%(property)s” is not.")
                % {"property": known.get("label") or spot.item.saves_to},
                _("Mark the property as sensitive in the register first."),
                "saves_to",
            )
        elif known.get("sensitive") and not spot.item.sensitive:
            yield form.error(
                "property-sealed",
                spot.path,
                _("The register's property “%(property)s” is sensitive, but this question is not.")
                % {"property": known.get("label") or spot.item.saves_to},
                _("Mark the question as sensitive too."),
                "sensitive",
            )


@check
def written_twice(form: Examined) -> Iterator[Fault]:
    """Yield an error for a property that two questions write, unless each has a condition: then a warning."""
    first: dict[str, Spot] = {}
    for spot in writers(form):
        other = first.setdefault(spot.item.saves_to, spot)
        if other is spot:
            continue
        told = form.warning if _conditional(spot) and _conditional(other) else form.error
        yield told(
            "written-twice",
            spot.path,
            _("“%(other)s” writes to the same property “%(property)s”.")
            % {"other": label_of(other.item), "property": spot.item.saves_to},
            _("Let one of them write, or make sure that never both are shown."),
            "saves_to",
        )


@check
def written_from_rosters(form: Examined) -> Iterator[Fault]:
    """Yield an error for an answer of a roster's items that goes to a property: there are many, and one place."""
    for spot in writers(form):
        if spot.rosters:
            yield form.error(
                "written-from-roster",
                spot.path,
                _("It is asked for each item of “%(roster)s”, but the register has one place for it.")
                % {"roster": label_of(spot.rosters[-1])},
                _("Work one value out in a calculation outside, and let that write."),
                "saves_to",
            )


@check
def records_without_name(form: Examined) -> Iterator[Fault]:
    """Yield an error for a form that makes records and writes nothing that they could be called."""
    about, properties = form.document.about, _properties(form)
    if about is None or about.mode != "makes" or properties is None:
        return
    wanted = [name for name, known in properties.items() if known.get("role") == "name"]
    written = {spot.item.saves_to for spot in writers(form)}
    if wanted and not written & set(wanted):
        yield form.error(
            "record-nameless",
            ("about",),
            _("The form makes records, but no question writes their name (“%(property)s”).")
            % {"property": properties[wanted[0]].get("label") or wanted[0]},
            _("Let the question for the name write to it."),
        )


def writers(form: Examined) -> list[Spot]:
    """Return the questions that write to the register."""
    return [spot for spot in form.questions if spot.item.saves_to]


def _conditional(spot: Spot) -> bool:
    return bool(spot.item.relevant or spot.step.relevant)


def _properties(form: Examined) -> dict[str, dict[str, Any]] | None:
    """Return the properties of the form's register by name, None when the form has none or it is unknown."""
    from forms.registers.models import Register

    if form.document.about is None:
        return None
    register = Register.objects.filter(name=form.document.about.register_name).first()
    return {one["name"]: one for one in register.properties} if register else None
