"""The addresses of the area, mounted at the site's root."""

from django.urls import URLPattern, URLResolver, path

from forms.submissions.views.detail import SubmissionPage
from forms.submissions.views.lists import MySubmissions, ToReview
from forms.submissions.views.printing import SubmissionPdf
from forms.submissions.views.review import ReviewView
from forms.submissions.views.small import AssignView, WithdrawView

urlpatterns: list[URLPattern | URLResolver] = [
    path("submissions/", MySubmissions.as_view(), name="forms_submissions"),
    path("submissions/review/", ToReview.as_view(), name="forms_to_review"),
    path("submissions/<uuid:uuid>/", SubmissionPage.as_view(), name="forms_submission"),
    path("submissions/<uuid:uuid>/pdf/", SubmissionPdf.as_view(), name="forms_submission_pdf"),
    path("submissions/<uuid:uuid>/review/", ReviewView.as_view(), name="forms_submission_review"),
    path("submissions/<uuid:uuid>/assign/", AssignView.as_view(), name="forms_submission_assign"),
    path("submissions/<uuid:uuid>/withdraw/", WithdrawView.as_view(), name="forms_submission_withdraw"),
]
