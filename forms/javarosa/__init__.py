"""JavaRosa, the engine of ODK Collect, as an outside judge of what our own engine makes of a form."""

from .judge import JavaRosaMissingError, Outcome, Run, judge, missing

__all__ = ["JavaRosaMissingError", "Outcome", "Run", "judge", "missing"]
