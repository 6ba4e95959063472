"""Figures and comparisons as tables: DataFrame, CSV, XLSX, SDMX-CSV.

Goes in: figures and comparisons. Comes out: frames or bytes; the same input gives the same bytes. Writes no file.
"""

from reportgen.tables.compared import (
    changes_csv,
    comparison_frames,
    comparisons_csv,
    per_head_csv,
    progress_csv,
    province_share_csv,
    province_sums_csv,
    series_csv,
)
from reportgen.tables.differences import difference_line, differences_csv, differences_markdown
from reportgen.tables.frame import FIGURE_COLUMNS, figures_csv, figures_frame, read_figures_csv
from reportgen.tables.sdmx import codes_csv, sdmx_codes, sdmx_codes_csv, sdmx_csv
from reportgen.tables.sectors import sector_csvs
from reportgen.tables.workbook import tables_xlsx

__all__ = [
    "FIGURE_COLUMNS",
    "changes_csv",
    "codes_csv",
    "comparison_frames",
    "comparisons_csv",
    "difference_line",
    "differences_csv",
    "differences_markdown",
    "figures_csv",
    "figures_frame",
    "per_head_csv",
    "progress_csv",
    "province_share_csv",
    "province_sums_csv",
    "read_figures_csv",
    "sdmx_codes",
    "sdmx_codes_csv",
    "sdmx_csv",
    "sector_csvs",
    "series_csv",
    "tables_xlsx",
]
