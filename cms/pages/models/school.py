"""A school's own page."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.pages.blocks import BodyBlock
from cms.pages.fields import BodyField, writable
from cms.pages.forms.school import SchoolPageForm
from cms.pages.models.base import BasePage
from cms.pages.panels import intro_panel


class SchoolPage(BasePage):
    """The front page of a school (学校主页); its news and plans stand below it."""

    owning_school = models.OneToOneField(
        "cms.School", models.PROTECT, related_name="page", editable=False, verbose_name=_("school")
    )
    motto = models.CharField(
        _("motto"), max_length=60, blank=True, help_text=_("The school's motto, as it hangs at the gate.")
    )
    picture = models.ForeignKey(
        "cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("A wide picture of the school, without recognisable children."),
    )
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "cms/school.html"
    parent_page_types = ["cms.SchoolIndexPage"]
    subpage_types = ["cms.NewsIndexPage", "cms.PlanIndexPage"]
    is_creatable = False
    fixed_place = True
    base_form_class = SchoolPageForm
    content_panels = [
        intro_panel(),
        FieldPanel("motto"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    api_fields = [*BasePage.api_fields, *writable("motto", "picture", "body")]

    class Meta:
        verbose_name = _("school page")

    def school_id_by_place(self) -> int | None:
        return self.owning_school_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Carry the school's name, whatever a draft says."""
        self.title = self.draft_title = self.owning_school.name
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> SchoolPage:
        """Return the draft under the school's present name."""
        page = super().with_content_json(content)
        page.title = self.owning_school.name
        return page
