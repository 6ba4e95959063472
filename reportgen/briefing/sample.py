"""A small invented context that fills every name, to try templates without any document."""

from __future__ import annotations

from pathlib import Path

from reportgen.errors import TemplateError


def check_templates(folder: Path) -> tuple[TemplateError, ...]:
    """Every mistake in the templates of `folder`: heads first, then each template rendered against a sample."""
    return ()
