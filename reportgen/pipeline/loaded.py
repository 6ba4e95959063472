"""What the workers of a build need, loaded by importing this module: the server that forks them does so, once for all.

Only speed depends on it: a worker that finds something not loaded loads it for itself.
"""

from reportgen import briefing, charts
from reportgen.pipeline import briefings, drawing, guard
from reportgen.pipeline.documents import load_for
from reportgen.render import docx, html, pdf

__all__ = ["briefing", "briefings", "charts", "docx", "drawing", "guard", "html", "pdf"]

charts.load()
pdf.load()
load_for(None, ".txt")
