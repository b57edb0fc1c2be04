"""Screens for plans: start one from a template, take or decline its changes, and rows as JSON."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.pages.actions import DeclineTemplateChanges, TakeTemplateChanges
from cms.pages.forms.start_plan import StartFromPlanForm, StartPlanForm
from cms.pages.models.plan import PlanPage
from cms.pages.places import user_can_start_plans
from cms.pages.plan_template import newer_revision, template_changes
from cms.pages.selectors import published


class NewPlanView(WagtailAdminTemplateMixin, FormView):
    """What both screens that begin a plan share: who enters, and where she goes with the draft."""

    page_title: Any
    header_icon = "list-ul"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_start_plans(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: StartPlanForm | StartFromPlanForm) -> HttpResponse:
        plan = form.save()
        messages.success(
            self.request, _("The plan “%(title)s” is started as a draft.") % {"title": plan.title}
        )
        return redirect("wagtailadmin_pages:edit", plan.pk)


class StartPlanView(NewPlanView):
    """从模板新建计划. `?template=` and `?place=` come chosen."""

    template_name = "cms/admin/pages/start_plan.html"
    page_title = gettext_lazy("New plan from a template")
    form_class = StartPlanForm

    def get_initial(self) -> dict[str, Any]:
        wanted = {name: self.request.GET.get(name, "") for name in ("template", "place")}
        return {name: value for name, value in wanted.items() if value.isdigit()}


class StartFromPlanView(NewPlanView):
    """参照往年计划新建: the published text of an earlier plan, or its draft for who may edit that, begins a new one."""

    template_name = "cms/admin/pages/start_from_plan.html"
    page_title = gettext_lazy("New plan from an earlier one")
    form_class = StartFromPlanForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        plan = get_object_or_404(PlanPage, pk=kwargs["page_id"])
        is_public = published(PlanPage.objects.filter(pk=plan.pk)).exists()
        if not is_public and not plan.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.copied = plan if is_public else plan.get_latest_revision_as_object()
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "copied": self.copied}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(copied=self.copied, **kwargs)


class TemplateChangesView(WagtailAdminTemplateMixin, TemplateView):
    """What the template has that the plan has not, with a checkbox each (模板更新)."""

    template_name = "cms/admin/pages/template_changes.html"
    page_title = gettext_lazy("Changes of the template")
    header_icon = "list-ul"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.plan = get_object_or_404(PlanPage, pk=kwargs["page_id"])
        if not self.plan.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.draft = self.plan.get_latest_revision_as_object()
        if newer_revision(self.draft) is None:
            messages.info(request, _("The plan already follows the template's present text."))
            return self._back()
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.draft.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        edit = {"url": self._edit_url(), "label": self.draft.title}
        return [*super().get_breadcrumbs_items(), edit, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = template_changes(self.draft)
        return {
            **super().get_context_data(**kwargs),
            "plan": self.draft,
            "template": self.draft.template_page,
            "choices": [change for change in changes if change.can_be_taken],
            "advice": [change for change in changes if not change.own_text and not change.can_be_taken],
            "kept": [change for change in changes if change.own_text],
            "edit_url": self._edit_url(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "decline" in request.POST:
            DeclineTemplateChanges(self.plan, request.user).execute()
            messages.info(request, _("You will hear of it again when the template changes next."))
        else:
            TakeTemplateChanges(self.plan, request.user, request.POST.getlist("change")).execute()
            messages.success(request, _("The chosen changes are in the plan's draft."))
        return self._back()

    def _edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.plan.pk])

    def _back(self) -> HttpResponse:
        return redirect(self._edit_url())


class PlanRowsView(View):
    """The calendar rows of a plan as JSON, for the select of a piece of news."""

    def get(self, request: HttpRequest, page_id: int) -> JsonResponse:
        plan = get_object_or_404(PlanPage.objects.for_user(request.user), pk=page_id)
        return JsonResponse({"rows": [{"id": key, "label": label} for key, label in plan.row_choices()]})
