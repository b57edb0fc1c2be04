"""What can be done to schools. Each checks the right, writes in one transaction, logs, tells the outbox.

`user=None` is the operator at the shell (commands, demo content, tests).
"""

from cms.schools.actions.closing import CloseSchool, MergeSchools, ReopenSchool
from cms.schools.actions.create import CreateSchool
from cms.schools.actions.edit import EditSchool

__all__ = ["CloseSchool", "CreateSchool", "EditSchool", "MergeSchools", "ReopenSchool"]
