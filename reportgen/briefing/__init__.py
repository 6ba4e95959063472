"""Figures, comparisons, charts and excerpts -> a Briefing: a flat list of blocks, in the order a template gives.

A template says order and wording; this stage computes what it may insert, numbers the evidence and proves the digits.
"""

from reportgen.briefing.build import build
from reportgen.briefing.digits import check_digits
from reportgen.briefing.kinds import Kind, kinds
from reportgen.briefing.sample import check_templates

__all__ = ["Kind", "build", "check_digits", "check_templates", "kinds"]
