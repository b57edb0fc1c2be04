"""The pages of public forms: the short address, the QR code's files, the rules, withdrawing by the signed link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import FormView
from wagtail.admin import messages

from cms.service import published, put_errors
from forms.builder.views.base import OneFormView
from forms.definitions.models import Audience
from forms.filling.views.access import find_draft, refuse
from forms.public.actions import SetPublicRules
from forms.public.models import FormPage, PublicRules
from forms.public.opening import opening_of
from forms.public.permissions import holder_can_withdraw
from forms.public.qr import png_file, svg_file
from forms.public.rules_form import RulesForm
from forms.submissions.actions import WithdrawSubmission
from forms.submissions.errors import ConflictError
from forms.submissions.models import Submission

if TYPE_CHECKING:
    from django.db.models import QuerySet

FILES = {"svg": (svg_file, "image/svg+xml"), "png": (png_file, "image/png")}


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the short address to the page, wherever it stands now."""
    page = get_object_or_404(published(FormPage.objects.filter(code=code)))
    return redirect(page.get_url(request) or "/")


@require_safe
def qr_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the QR code of a page as a file to whoever may edit the page."""
    page = get_object_or_404(FormPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    make, content_type = FILES[kind]
    answer = HttpResponse(make(page.short_url), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="qr-{page.code}.{kind}"'
    return answer


class RulesView(OneFormView, FormView):
    """Sets the rules of a public form, and shows the pages that offer it."""

    page_title = gettext_lazy("Public filling")
    template_name = "forms/admin/public/rules.html"

    def get_form(self, form_class: Any = None) -> RulesForm:
        if self.form_object.audience != Audience.PUBLIC:
            raise Http404
        rules = PublicRules.objects.filter(form=self.form_object).first()
        return RulesForm(self.form_object, self.request.POST or None, instance=rules)

    def form_valid(self, form: RulesForm) -> HttpResponse:
        try:
            SetPublicRules(self.form_object, form.cleaned_data, self.request.user).execute()
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The rules are saved and hold at once."))
        return redirect("forms_public_rules", self.form_object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            opening=opening_of(self.form_object),
            pages=_pages_of(self.form_object.pk, self.request.user),
            count=Submission.objects.counted().filter(form=self.form_object).count(),
            **kwargs,
        )


def _pages_of(form: int, user: Any) -> QuerySet[FormPage]:
    return FormPage.objects.for_user(user).filter(form=form).order_by("path")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask once more, and take back what was handed in by this signed link."""
    draft = find_draft(request, uuid)
    if draft is None:
        return refuse(request)
    submission = get_object_or_404(Submission.objects.select_related("form", "school"), pk=uuid)
    if not holder_can_withdraw(draft, submission):
        raise Http404
    if request.method == "POST":
        try:
            WithdrawSubmission(submission, comment=request.POST.get("comment", "")[:500]).execute()
        except ConflictError as conflict:
            return _ask(request, submission, str(conflict), 409)
        return redirect("forms_done", uuid=uuid)
    return _ask(request, submission)


def _ask(request: HttpRequest, submission: Submission, told: str = "", status: int = 200) -> HttpResponse:
    context = {"submission": submission, "told": told, "page": {"title": submission.form.title}}
    return render(request, "forms/public/withdraw.html", context, status=status)
