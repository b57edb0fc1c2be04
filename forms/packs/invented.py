"""Data that looks right and belongs to nobody."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from forms.kinds.people import id_number_problem

#: The first six digits of every invented id number. No county has or had this code: 3599 is no city of the province.
DIVISION = "359999"
_DAY = re.compile(r"day([+-]\d{1,4})")


def invented_id_number(born: date, gender: str) -> str:
    """Return a sound id number of a division that does not exist; the same for the same date and gender."""
    order = 2 * (born.toordinal() % 450) + (gender == "male")
    body = f"{DIVISION}{born:%Y%m%d}{order:03}"
    return next(number for check in "0123456789X" if not id_number_problem(number := body + check))


def on_its_day(value: Any, today: date) -> Any:
    """Return `day-3` as the date three days before today; anything else as it is."""
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    return (today + timedelta(days=int(found[1]))).isoformat() if found else value
