"""Addresses of log-in, one-time links and the desk."""

from django.urls import path

from cms.people.views.desk import DeskPasswordView, DeskView
from cms.people.views.public import AccountLinkView, RoleLoginView, RoleLogoutView

urlpatterns = [
    # Before Wagtail's own: the name `wagtailadmin_login` leads here as well.
    path("admin/login/", RoleLoginView.as_view(), name="cms_login"),
    path("account/link/<str:token>/", AccountLinkView.as_view(), name="cms_account_link"),
    path("desk/", DeskView.as_view(), name="cms_desk"),
    path("desk/password/", DeskPasswordView.as_view(), name="cms_desk_password"),
    path("desk/logout/", RoleLogoutView.as_view(), name="cms_desk_logout"),
]
