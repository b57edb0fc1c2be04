"""The editing form of a form page: the forms that its editor may offer there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cms.service import BasePageForm
from forms.definitions.models import Audience, Form

if TYPE_CHECKING:
    from django.db.models import QuerySet


def offerable_forms(user: Any, school_id: int | None) -> QuerySet[Form]:
    """Return the published public forms for a page of the school (None: of the bureau) that the user may know of.

    A school offers its own forms and the bureau's, the bureau its own.
    """
    known = Form.objects.for_user(user) if user is not None else Form.objects.all()
    place = Q(school=None) | Q(school=school_id) if school_id else Q(school=None)
    return known.filter(place, audience=Audience.PUBLIC, live__isnull=False)


class FormPageForm(BasePageForm):
    """Offers the forms of the place alone, whatever the request holds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "form" in self.fields:
            field: Any = self.fields["form"]
            field.queryset = offerable_forms(self.for_user, self.school_id).select_related("school")
