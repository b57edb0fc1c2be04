"""Registers of subjects: forms are verbs, records are nouns."""

from forms.registers.models.changes import (
    DuplicateAnswer,
    RecordConflict,
    RecordImport,
    RecordMerge,
    Transfer,
    TransferState,
)
from forms.registers.models.records import (
    Origin,
    Record,
    RecordFact,
    RecordKeeper,
    RecordQuerySet,
    RecordState,
    RecordVersion,
)
from forms.registers.models.registers import Register

__all__ = [
    "DuplicateAnswer",
    "Origin",
    "Record",
    "RecordConflict",
    "RecordFact",
    "RecordImport",
    "RecordKeeper",
    "RecordMerge",
    "RecordQuerySet",
    "RecordState",
    "RecordVersion",
    "Register",
    "Transfer",
    "TransferState",
]
