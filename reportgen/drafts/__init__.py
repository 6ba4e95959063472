"""Edited Word drafts: read back, compared, merged with a newer version, checked before they become a PDF.

The person's file is only ever read; what comes out are bytes and findings. No word of a person is ever lost.
"""

from reportgen.drafts.merge import merge
from reportgen.drafts.report import Conflict, FigureChange, MergeReport, MergeResult

__all__ = ["Conflict", "FigureChange", "MergeReport", "MergeResult", "merge"]
