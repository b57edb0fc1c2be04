"""The addresses of the area, mounted at the site's root."""

from django.urls import URLPattern, URLResolver, path

from forms.filling.step_form import StepForm
from forms.filling.views.divisions import divisions
from forms.filling.views.drafts import carry, discard, my_drafts, open_link, take_up
from forms.filling.views.finish import check_answers, done, later
from forms.filling.views.start import start_form
from forms.filling.views.upload import upload
from forms.filling.views.wizard import FillingWizard

wizard = FillingWizard.as_view([("step", StepForm)], url_name="forms_fill")

urlpatterns: list[URLPattern | URLResolver] = [
    path("codes/divisions/<str:within>/", divisions, name="forms_divisions"),
    path("forms/<slug:slug>/", start_form, name="forms_start"),
    path("fill/", my_drafts, name="forms_drafts"),
    path("fill/p/<str:signed>/", open_link, name="forms_fill_link"),
    path("fill/<uuid:uuid>/", wizard, name="forms_resume"),
    path("fill/<uuid:uuid>/check/", check_answers, name="forms_check"),
    path("fill/<uuid:uuid>/done/", done, name="forms_done"),
    path("fill/<uuid:uuid>/later/", later, name="forms_later"),
    path("fill/<uuid:uuid>/discard/", discard, name="forms_discard"),
    path("fill/<uuid:uuid>/take-up/", take_up, name="forms_take_up"),
    path("fill/<uuid:uuid>/carry/", carry, name="forms_carry"),
    path("fill/<uuid:uuid>/upload/", upload, name="forms_upload"),
    path("fill/<uuid:uuid>/<str:step>/", wizard, name="forms_fill"),
    path("fill/<uuid:uuid>/<str:step>/<str:roster>/<str:item>/", wizard, name="forms_fill"),
    path(
        "fill/<uuid:uuid>/<str:step>/<str:roster>/<str:item>/<str:inner>/<str:inner_item>/",
        wizard,
        name="forms_fill",
    ),
]
