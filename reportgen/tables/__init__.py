"""Figures and comparisons as tables: DataFrame, CSV, XLSX, SDMX-CSV.

Goes in: figures and comparisons. Comes out: frames or bytes; the same input gives the same bytes. Writes no file.
"""

from reportgen.tables.compared import comparisons_csv, progress_csv, province_share_csv, series_csv
from reportgen.tables.frame import FIGURE_COLUMNS, figures_csv, figures_frame

__all__ = [
    "FIGURE_COLUMNS",
    "comparisons_csv",
    "figures_csv",
    "figures_frame",
    "progress_csv",
    "province_share_csv",
    "series_csv",
]
