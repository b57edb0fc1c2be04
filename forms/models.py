"""All models of the app, for Django to find. Code imports them from the package that owns them."""

from forms.codes.models import Code, CodeList
from forms.definitions.models import Form, FormVersion
from forms.files.models import AnswerFile
from forms.filling.models import Draft
from forms.registers.models import Record, RecordKeeper, RecordVersion, Register
from forms.submissions.models import Submission, SubmissionRevision

__all__ = [
    "AnswerFile",
    "Code",
    "CodeList",
    "Draft",
    "Form",
    "FormVersion",
    "Record",
    "RecordKeeper",
    "RecordVersion",
    "Register",
    "Submission",
    "SubmissionRevision",
]
