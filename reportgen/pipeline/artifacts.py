"""Figures and comparisons -> files of tables, by their names in an issue's tables folder."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.model import Comparisons, Figure, Source
from reportgen.vocabulary import Vocabulary


def table_files(
    figures: Sequence[Figure], sources: Sequence[Source], comparisons: Comparisons, vocabulary: Vocabulary
) -> dict[str, bytes]:
    """Every table as bytes; sector tables in the subfolder sectors."""
    from reportgen import tables

    return {
        "figures.csv": tables.figures_csv(figures),
        "comparisons.csv": tables.comparisons_csv(comparisons),
        "province_share.csv": tables.province_share_csv(comparisons),
        "progress.csv": tables.progress_csv(comparisons),
        "series.csv": tables.series_csv(comparisons),
    }
