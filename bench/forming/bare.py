"""What Django alone does: a model of a hundred fields, its ModelForm, a view. Also the addresses of the measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import connection, models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines
from django.urls import path

from bench.forming.documents import KINDS
from xinqiao.urls import urlpatterns as of_the_site

if TYPE_CHECKING:
    from django.http import HttpRequest

FIELDS = 100
#: What `startproject` writes.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def _field(number: int) -> models.Field[Any, Any]:
    label, empty = f"第{number}题", number % 3 != 0
    match KINDS[number % len(KINDS)]:
        case "integer":
            return models.IntegerField(label, null=empty, blank=empty)
        case "date":
            return models.DateField(label, null=empty, blank=empty)
        case "yes_no":
            return models.CharField(label, max_length=3, choices=[("yes", "是"), ("no", "否")], blank=empty)
        case "decimal":
            return models.DecimalField(label, max_digits=12, decimal_places=2, null=empty, blank=empty)
    return models.CharField(label, max_length=500, blank=empty)


class _Bare(models.Model):
    class Meta:
        abstract = True
        app_label = "bench"


Bare: Any = type(
    "Bare",
    (_Bare,),
    {"__module__": __name__, **{f"q{n}": _field(n) for n in range(FIELDS)}},
)


class BareForm(forms.ModelForm):
    """All fields of the model."""

    class Meta:
        model = Bare
        fields: ClassVar = [f"q{n}" for n in range(FIELDS)]


PAGE = "<form method=post>{% csrf_token %}{{ form }}</form>"


@login_required
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the row's form, or save what was sent: Django's documentation, word for word."""
    form = BareForm(request.POST or None, instance=get_object_or_404(Bare, pk=pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("bare", pk=pk)
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


def make_table() -> int:
    """Make the model's table and a row; return the row's key."""
    with connection.schema_editor() as editor:
        editor.create_model(Bare)
    return Bare.objects.create(
        **{f"q{n}": 0 for n in range(FIELDS) if n % 3 == 0 and n % 5 in {1, 4}}
        | {f"q{n}": "2026-09-01" for n in range(FIELDS) if n % 3 == 0 and n % 5 == 2}
    ).pk


urlpatterns = [path("bare/<int:pk>/", bare, name="bare"), *of_the_site]
