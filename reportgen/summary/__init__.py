"""Figures -> which of them are key, and which words of the sources sum up a sector. Nothing is rewritten."""

from reportgen.summary.choose import summarise
from reportgen.summary.key import mark_key, weigh

__all__ = ["mark_key", "summarise", "weigh"]
