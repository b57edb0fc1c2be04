"""What may be done to submissions; each is one transaction under a lock."""

from forms.submissions.actions.assign import AssignReviewer
from forms.submissions.actions.bulk import ApproveMany, RowReport
from forms.submissions.actions.decide import ApproveSubmission, CommentOn, ReturnSubmission
from forms.submissions.actions.submit import SubmitDraft
from forms.submissions.actions.withdraw import WithdrawSubmission

__all__ = [
    "ApproveMany",
    "ApproveSubmission",
    "AssignReviewer",
    "CommentOn",
    "ReturnSubmission",
    "RowReport",
    "SubmitDraft",
    "WithdrawSubmission",
]
