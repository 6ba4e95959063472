"""Figures and comparisons as tables: DataFrame, CSV, XLSX, SDMX-CSV.

Goes in: figures and comparisons. Comes out: frames or bytes; the same input gives the same bytes. Writes no file.
"""

from reportgen.tables.compared import comparisons_csv, progress_csv, province_share_csv, series_csv
from reportgen.tables.frame import FIGURE_COLUMNS, figures_csv, figures_frame
from reportgen.tables.sdmx import sdmx_codes_csv, sdmx_csv
from reportgen.tables.sectors import sector_csvs, sector_tables
from reportgen.tables.workbook import tables_xlsx

__all__ = [
    "FIGURE_COLUMNS",
    "comparisons_csv",
    "figures_csv",
    "figures_frame",
    "progress_csv",
    "province_share_csv",
    "sdmx_codes_csv",
    "sdmx_csv",
    "sector_csvs",
    "sector_tables",
    "series_csv",
    "tables_xlsx",
]
