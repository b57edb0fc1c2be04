"""Loads the demo content, once, through the same actions that people use."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import override

from cms.demo.accounts import make_people, refuse_in_production
from cms.demo.makers import Makers
from cms.demo.records import read
from cms.media.signals import left_to_the_worker
from cms.schools.actions import CreateSchool
from cms.schools.models import School


class Output(Protocol):
    """Something to write progress to."""

    def write(self, text: str, /) -> Any:
        """Write a line."""


def load_demo(stdout: Output) -> None:
    """Load everything in one transaction; do nothing when it is there. Raises PermissionDenied in production."""
    refuse_in_production()
    first = read("schools")[0].get("code")
    if School.objects.filter(code=first).exists():
        return
    stdout.write("正在载入演示内容（约半分钟）……\n")
    with transaction.atomic(), override("zh-hans"), left_to_the_worker():
        _load(stdout)
    stdout.write("演示内容已载入。\n")


def _load(stdout: Output) -> None:
    schools = {record.get("code"): _make_school(record.title, record.fields) for record in read("schools")}
    people = make_people(schools)
    stdout.write(f"  学校 {len(schools)} 所，账号 {len(people)} 个\n")
    makers = Makers(schools, people)
    for title, make in makers.steps():
        stdout.write(f"  {title} {make()}\n")


def _make_school(name: str, fields: dict[str, str]) -> School:
    values: dict[str, Any] = {
        key: fields[key] for key in ("code", "stage", "township", "address", "phone") if key in fields
    }
    return CreateSchool({"name": name, "boarding": fields.get("boarding") == "yes", **values}).execute()
