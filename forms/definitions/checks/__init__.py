"""What is looked at before a form is published: names, references, lists, settings, privacy, registers, logic.

A check is a function in a module of this folder, marked with `@check`: it takes an `Examined` form and yields faults.
"""

from __future__ import annotations

from typing import Any

from forms.definitions.checks import labels, lists, logic, names, privacy, registers, settings, steps  # noqa: F401
from forms.definitions.checks.examined import Examined
from forms.definitions.checks.registry import CHECKS
from forms.definitions.document import Document
from forms.definitions.fault import Fault, Severity
from forms.definitions.reading import read_leniently

__all__ = ["Fault", "Severity", "faults", "faults_of"]


def faults(document: Document, *, public: bool = False) -> list[Fault]:
    """Return what is wrong with the form, errors first, each in the order of the form.

    `public` says that anyone may fill it in: then its texts may not show sensitive answers. Reads the registers and
    code lists that the form names; changes nothing.
    """
    form = Examined(document, public=public)
    found = [fault for one in CHECKS for fault in one(form)]
    order = {path: number for number, path in enumerate(form.paths())}
    return sorted(found, key=lambda fault: (not fault.is_error, order.get(fault.path, len(order))))


def faults_of(content: dict[str, Any], *, public: bool = False) -> list[Fault]:
    """Return what is wrong with a document's JSON: with its shape, and with what of it can be read."""
    document, shape = read_leniently(content)
    return shape + (faults(document, public=public) if document and not shape else [])
