"""Figures, comparisons and charts -> files, by their names in an issue's tables and charts folders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportgen.model import Briefing, Comparisons, Figure, Picture, Source
from reportgen.vocabulary import Vocabulary

_LONGEST_NAME = 60


def table_files(
    figures: Sequence[Figure], sources: Sequence[Source], comparisons: Comparisons, vocabulary: Vocabulary
) -> dict[str, bytes]:
    """Every table as bytes; sector tables in the subfolder sectors."""
    from reportgen import tables

    by_sector = tables.sector_csvs(figures, vocabulary)
    return {
        "figures.csv": tables.figures_csv(figures),
        "figures.sdmx.csv": tables.sdmx_csv(figures, sources, vocabulary),
        "figures.sdmx.codes.csv": tables.sdmx_codes_csv(figures, sources, vocabulary),
        "comparisons.csv": tables.comparisons_csv(comparisons),
        "province_share.csv": tables.province_share_csv(comparisons),
        "progress.csv": tables.progress_csv(comparisons),
        "series.csv": tables.series_csv(comparisons),
        "per_head.csv": tables.per_head_csv(comparisons),
        "province_sums.csv": tables.province_sums_csv(comparisons),
        **({"changes.csv": tables.changes_csv(comparisons)} if comparisons.news else {}),
        "tables.xlsx": tables.tables_xlsx(figures, comparisons, sources, vocabulary),
        **{f"sectors/{name}.csv": data for name, data in by_sector.items()},
    }


def chart_files(briefings: Iterable[Briefing]) -> dict[str, bytes]:
    """Every chart of the briefings as SVG and PNG, each once."""
    from reportgen import charts

    files: dict[str, bytes] = {}
    for briefing in briefings:
        for block in briefing.blocks:
            if isinstance(block, Picture):
                name = _file_name(block.chart.id)
                files[f"{name}.png"] = block.png
                files[f"{name}.svg"] = charts.svg(block.drawing, block.chart.title).encode()
    return files


def _file_name(chart: str) -> str:
    """A chart's id without what a file name cannot hold: an indicator may be called 营业收入/利润. Its end is unique.

    >>> _file_name("compare-营业收入/利润-level-f1e7a753e4520")
    'compare-营业收入利润-level-f1e7a753e4520'
    >>> _file_name(f"compare-{'长' * 50}-level-f1e7a753e4520")
    'compare-长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长-level-f1e7a753e4520'
    """
    kept = "".join(character for character in chart if character.isalnum() or character in "-_")
    return kept if len(kept) <= _LONGEST_NAME else kept[:20] + kept[-(_LONGEST_NAME - 20) :]
