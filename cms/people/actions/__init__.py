"""What can be done to people. Each action checks the right, writes in one transaction, and logs.

`user=None` is the operator at the shell (commands, demo content, tests).
"""

from cms.people.actions.accounts import CreateUser, DeactivateUser, EditPerson, ReactivateUser
from cms.people.actions.links import InvitePerson, IssueLink, SetPasswordByLink
from cms.people.actions.memberships import AddMembership, ChangeRole, RemoveMembership

__all__ = [
    "AddMembership",
    "ChangeRole",
    "CreateUser",
    "DeactivateUser",
    "EditPerson",
    "InvitePerson",
    "IssueLink",
    "ReactivateUser",
    "RemoveMembership",
    "SetPasswordByLink",
]
