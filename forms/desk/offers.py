"""Which forms a desk offers: about a record, making one, or about nothing in a register."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from forms.definitions.models import Form
from forms.filling.permissions import user_can_fill

#: How many forms a child's line on the desk offers; her page offers all.
QUICK = 2


@dataclass
class Offers:
    """Open forms that the person may fill in; `about` by register name, the ones that she files most often first."""

    about: dict[str, list[Form]] = field(default_factory=lambda: defaultdict(list))
    making: list[Form] = field(default_factory=list)
    others: list[Form] = field(default_factory=list)


def offers_for(user: Any) -> Offers:
    """Return the forms that the person may fill in. One query."""
    offers = Offers()
    mine = Count("submissions", filter=Q(submissions__submitted_by=user))
    forms = Form.objects.open().for_user(user).select_related("live").annotate(mine=mine)
    for form in forms.order_by("-mine", "pk"):
        if form.live is None or not user_can_fill(user, form):
            continue
        about = form.live.document.about
        if about is None:
            offers.others.append(form)
        elif about.mode == "makes":
            offers.making.append(form)
        else:
            offers.about[about.register_name].append(form)
    return offers
