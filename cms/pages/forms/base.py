"""The editing form of every page: what school people see of it, and checks that hold for all types."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cms.moderation.forms import ModeratedPageForm
from cms.people.permissions import user_can_edit_bureau_content

#: What the bureau decides for everybody: addresses, menus, search engines, times of publication.
BUREAU_FIELDS = ("slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at")
EARLIEST_YEAR = 1949


class BasePageForm(ModeratedPageForm):
    """A page's form. Fields of the bureau are taken out for everybody else, whatever the request holds."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Offer the schedule only where its fields are.

        Wagtail asks the class, and puts its own mixin before ours in the class it builds.
        """
        super().__init_subclass__(**kwargs)
        cls.show_schedule_publishing_toggle = property(lambda form: "go_live_at" in form.fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None and not user_can_edit_bureau_content(self.for_user):
            for name in BUREAU_FIELDS:
                self.fields.pop(name, None)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Made from the title's pinyin when left empty.")

    @property
    def place(self) -> Any:
        """The page above, whether this one is new or not."""
        return self.parent_page or self.instance.get_parent()

    @property
    def school_id(self) -> int | None:
        """The school whose page this is; None at the bureau."""
        return getattr(self.place, "school_id", None)

    def clean_date(self) -> date | None:
        """Refuse years that can only be slips of the keyboard (0026, 20226)."""
        return self._likely("date")

    def clean_slug(self) -> str:
        """Keep the address when the field is emptied; a new page gets one from its title."""
        return self.cleaned_data["slug"] or self.instance.slug

    def _post_clean(self) -> None:
        """Give a new page an address that is free where it will stand; while it stands nowhere, none looks taken."""
        super()._post_clean()
        if self.instance._state.adding and self.parent_page and not self.cleaned_data.get("slug"):
            self.instance.make_address_below(self.parent_page)

    def _likely(self, name: str) -> date | None:
        day = self.cleaned_data.get(name)
        if day and not EARLIEST_YEAR <= day.year <= date.today().year + 20:  # noqa: DTZ011
            raise forms.ValidationError(_("Please check the year: %(year)d.") % {"year": day.year})
        return day
