"""Corrections by people: seeds/corrections.csv overrides what extraction read, and never silently.

`read_corrections` gives the lines of the file and what is wrong with it, `apply` the corrected extractions, every
change made, and a Problem for each line that could not be followed; `appended` adds lines to the file's bytes. Nothing
here writes a file, and a mistake in one line never stops the others.
"""

from __future__ import annotations

from reportgen.corrections.apply import Applied, apply
from reportgen.corrections.fields import MARKS, SETTERS, wrong_with
from reportgen.corrections.lines import COLUMNS, FILE, appended, read_corrections

FIELDS = (*SETTERS, *MARKS, "missed")
"""Everything that a line of the file may set."""

__all__ = ["COLUMNS", "FIELDS", "FILE", "Applied", "appended", "apply", "read_corrections", "wrong_with"]
