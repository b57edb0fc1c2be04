"""What may be done to records besides being written by forms."""

from forms.registers.actions.conflicts import SettleConflict
from forms.registers.actions.edits import CreateRecord, EditRecord, SetRecordState
from forms.registers.actions.entry import AnswerDuplicate
from forms.registers.actions.keepers import AssignKeepers
from forms.registers.actions.merges import MergeRecords, UndoMerge
from forms.registers.actions.registers import SaveRegister
from forms.registers.actions.transfers import AskTransfer, CancelTransfer, DecideTransfer

__all__ = [
    "AnswerDuplicate",
    "AskTransfer",
    "AssignKeepers",
    "CancelTransfer",
    "CreateRecord",
    "DecideTransfer",
    "EditRecord",
    "MergeRecords",
    "SaveRegister",
    "SetRecordState",
    "SettleConflict",
    "UndoMerge",
]
