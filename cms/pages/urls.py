"""Addresses of our own page screens below /admin/."""

from django.urls import path

from cms.pages.views.plans import PlanRowsView, StartFromPlanView, StartPlanView, TemplateChangesView

urlpatterns = [
    path("plans/start/", StartPlanView.as_view(), name="cms_start_plan"),
    path("plans/<int:page_id>/again/", StartFromPlanView.as_view(), name="cms_plan_again"),
    path("plans/<int:page_id>/template/", TemplateChangesView.as_view(), name="cms_template_changes"),
    path("plans/<int:page_id>/rows/", PlanRowsView.as_view(), name="cms_plan_rows"),
]
