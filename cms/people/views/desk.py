"""The desk (工作台): where a teacher arrives, on a phone first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cms.pages.models import ActivityNewsPage, PlanPage
from cms.people.desk_panels import desk_panels
from cms.people.models import Membership

SHOWN = 5


class DeskView(LoginRequiredMixin, TemplateView):
    """Greeting, what other apps bring, the person's schools, their latest news and plans."""

    template_name = "desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        held = Membership.objects.filter(user=user).order_by("pk")
        roles = list(held.select_related("school__page", "school__merged_into"))
        schools = {m.school_id for m in roles if m.school is not None and m.school.is_open}
        news = ActivityNewsPage.objects.live().public().filter(school__in=schools)
        plans = PlanPage.objects.live().public().filter(school__in=schools)
        context = {
            "roles": roles,
            "news": news.select_related("school").newest_first()[:SHOWN],
            "plans": plans.select_related("school").newest_first()[:SHOWN],
            "panels": desk_panels(self.request),
            "may_enter_admin": user.has_perm("wagtailadmin.access_admin"),
        }
        return super().get_context_data(**context, **kwargs)


class DeskPasswordView(LoginRequiredMixin, PasswordChangeView):
    """Change one's own password."""

    template_name = "desk/password.html"
    success_url = reverse_lazy("cms_desk")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("Your password was changed."))
        return super().form_valid(form)
