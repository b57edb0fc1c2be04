"""All models of the app, for Django to find. Code imports them from the package that owns them."""

from forms.builder.models import LibraryQuestion
from forms.codes.models import Code, CodeList
from forms.definitions.models import Form, FormVersion
from forms.files.models import AnswerFile
from forms.filling.models import Draft
from forms.out.models import ExportJob
from forms.packs.models import PackPart
from forms.public.models import FormPage, PublicRules, SpentChallenge, Tally, Turn
from forms.registers.models import (
    DuplicateAnswer,
    Record,
    RecordConflict,
    RecordFact,
    RecordImport,
    RecordKeeper,
    RecordMerge,
    RecordVersion,
    Register,
    Transfer,
)
from forms.sealing.models import RevealLog
from forms.submissions.index import IndexedAnswer
from forms.submissions.models import Submission, SubmissionRevision
from forms.submissions.trail import AnswerComment, SubmissionEvent

__all__ = [
    "AnswerComment",
    "AnswerFile",
    "Code",
    "CodeList",
    "Draft",
    "DuplicateAnswer",
    "ExportJob",
    "Form",
    "FormPage",
    "FormVersion",
    "IndexedAnswer",
    "LibraryQuestion",
    "PackPart",
    "PublicRules",
    "Record",
    "RecordConflict",
    "RecordFact",
    "RecordImport",
    "RecordKeeper",
    "RecordMerge",
    "RecordVersion",
    "Register",
    "RevealLog",
    "SpentChallenge",
    "Submission",
    "SubmissionEvent",
    "SubmissionRevision",
    "Tally",
    "Transfer",
    "Turn",
]
