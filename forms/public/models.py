"""What public forms add: the rules of a form, who has had a turn, the page that offers it, guards against programs."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.service import BasePage, BodyBlock, BodyField, writable
from forms.definitions.models import Form
from forms.public.page_form import FormPageForm
from forms.public.panels import LinkPanel

#: Signs of short addresses: none that is taken for another when it is read aloud or written down.
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6


class Once(models.TextChoices):
    """How often one person may hand a form in (提交次数)."""

    ANY = "any", _("As often as they like")
    EVER = "ever", _("Once")
    DAILY = "daily", _("Once a day")


class PersonBy(models.TextChoices):
    """By what a person without an account is known again (识别方式)."""

    BROWSER = "browser", _("By the browser: a cookie. Whoever changes the browser can hand in again.")
    ANSWER = "answer", _("By an answer, such as the id-card number or the phone number")


class PublicRules(models.Model):
    """When a public form is open, for how many and how often (公开填报规则). Without a row there is no limit."""

    form = models.OneToOneField(Form, models.CASCADE, related_name="public_rules", editable=False)
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    quota = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        help_text=_(
            "The most submissions that are taken; withdrawn ones make room again. Left empty, there is no limit."
        ),
    )
    once = models.CharField(
        _("how often one person may hand in"), max_length=10, choices=Once.choices, default=Once.ANY
    )
    person_by = models.CharField(
        _("How a person is known again"),
        max_length=10,
        choices=PersonBy.choices,
        default=PersonBy.BROWSER,
        help_text=_(
            "People who are logged in always count by their account. For all others this rule holds. "
            "It counts from the moment on at which it is saved."
        ),
    )
    person_question = models.CharField(
        _("the answer that nobody shares"),
        max_length=64,
        blank=True,
        help_text=_("Only a fingerprint of the answer is kept for this, not the answer."),
    )
    may_withdraw = models.BooleanField(
        _("may be withdrawn by whoever handed it in"),
        default=True,
        help_text=_("With the link on the receipt, until it is approved."),
    )

    class Meta:
        verbose_name = _("rules of a public form")
        verbose_name_plural = _("rules of public forms")

    def __str__(self) -> str:
        return str(self.form)

    @property
    def counts_people(self) -> bool:
        """Say whether one person may hand in a limited number of times."""
        return self.once != Once.ANY


class Turn(models.Model):
    """That a person has handed in a form (已提交标记). `person` is a fingerprint and tells nothing."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="+")
    submission = models.ForeignKey("forms.Submission", models.CASCADE, related_name="turns")
    person = models.CharField(max_length=64)
    day = models.DateField()

    class Meta:
        verbose_name = _("turn of a person")
        verbose_name_plural = _("turns of people")
        constraints = [
            models.UniqueConstraint(fields=["form", "person", "day"], name="one_turn_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.day}"


class SpentChallenge(models.Model):
    """A challenge that was answered, right or wrong: it counts once."""

    nonce = models.CharField(max_length=32, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.nonce


class Tally(models.Model):
    """How often something was done from one address within an hour. `key` is a fingerprint of both."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="one_tally_an_hour")]

    def __str__(self) -> str:
        return f"{self.key} {self.count}"


class FormPage(BasePage):
    """A page that offers a public form (表单页): what it is about, and the way in. Its short address stays for ever."""

    form = models.ForeignKey(
        Form,
        models.PROTECT,
        related_name="pages",
        verbose_name=_("form"),
        help_text=_("Forms that anyone with the link may fill in, of this school or of the bureau."),
    )
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)
    #: What stands in the QR code and on paper.
    code = models.CharField(max_length=12, unique=True, editable=False, blank=True, default="")

    template = "forms/public/page.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage", "cms.SchoolPage"]
    subpage_types: list[str] = []
    is_creatable = True
    base_form_class = FormPageForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["code"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("form"),
        LinkPanel(heading=_("Link, QR code and rules")),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, *writable("form", "body")]

    class Meta:
        verbose_name = _("form page")
        verbose_name_plural = _("form pages")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new page its short address."""
        if not self.code:
            self.code = new_code()
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> FormPage:
        """Return the draft with the page's own short address, whatever an older version says."""
        page = super().with_content_json(content)
        page.code = self.code
        return page

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the page; whether the form is open depends on the hour, so nobody keeps the answer."""
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, no_cache=True, private=True)
        return response

    @property
    def short_url(self) -> str:
        """Return the address in the QR code: it leads here wherever the page stands."""
        site = self.get_site()
        base = site.root_url if site else settings.SITE_URL
        return f"{base}{reverse('forms_short', args=[self.code])}"


def new_code() -> str:
    """Return a short address that no page has."""
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
        if not FormPage.objects.filter(code=code).exists():
            return code
