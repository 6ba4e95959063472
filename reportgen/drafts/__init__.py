"""Edited Word drafts: read back, compared, merged with a newer version, checked before they become a PDF.

The person's file is only ever read; what comes out are bytes and findings. No word of a person is ever lost.
"""

from reportgen.drafts.check import Finding, check_draft
from reportgen.drafts.merge import foreign, merge
from reportgen.drafts.report import Conflict, FigureChange, MergeReport, MergeResult
from reportgen.drafts.reread import draft_to_briefing
from reportgen.drafts.text import DraftText, read_draft

__all__ = [
    "Conflict",
    "DraftText",
    "FigureChange",
    "Finding",
    "MergeReport",
    "MergeResult",
    "check_draft",
    "draft_to_briefing",
    "foreign",
    "merge",
    "read_draft",
]
