"""The program as a library: a folder of documents, or a published table, as pandas DataFrames.

In: paths. Out: frames with exact values (Decimal), unknown is None. Nothing is written. `import reportgen` offers these
names without loading anything heavy.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.pipeline.figures import figures_of, told_apart
from reportgen.pipeline.intake import take_in, usable
from reportgen.pipeline.request import Request
from reportgen.progress import Event
from reportgen.settings import load_settings

if TYPE_CHECKING:
    from pandas import DataFrame

_FIGURES = ("figures.csv", "tables/figures.csv")


@dataclass(frozen=True, slots=True)
class Tables:
    """What a folder of documents yields; the columns are those of the CSV files of the same names (docs/manual.md).

    `left_out`: document name -> why it could not be read.
    """

    figures: DataFrame
    comparisons: DataFrame
    province_share: DataFrame
    province_sums: DataFrame
    per_head: DataFrame
    progress: DataFrame
    series: DataFrame
    left_out: dict[str, str]


def extract_folder(seeds: str | Path, *, settings: str | Path | None = None, jobs: str = "serial") -> Tables:
    """Everything that the documents of a folder say, as tables. Raises ReportgenError where not one can be used.

    `settings` is a reportgen.toml, by default that of the working folder; `jobs` as on the command line.
    """
    from reportgen import compare, tables, vocabulary

    given = load_settings(Path(), Path(settings) if settings is not None else None)
    folder = Path(seeds)
    request = Request(given, folder, folder, folder, vocabulary=given.path("vocabulary"), jobs=jobs)
    words = vocabulary.load(request.vocabulary)
    intake = usable(take_in(request, _silent), folder)
    extractions = told_apart(intake.extractions, words)
    figures = figures_of(extractions, words)
    frames = tables.comparison_frames(
        compare.compare(figures, [extraction.source for extraction in extractions], words)
    )
    del frames["changes"]  # those of a month, which is not asked for here
    left_out = {failure.where: failure.message for failure in intake.failures}
    return Tables(figures=tables.figures_frame(figures), left_out=left_out, **frames)


def read_figures(path: str | Path) -> DataFrame:
    """A figures.csv, or that of an issue's folder (output/2023-09) or of what `reportgen extract` wrote.

    Raises ReportgenError where there is none, or where it is none of this program's.
    """
    from reportgen import tables

    given = Path(path)
    file = next((given / name for name in _FIGURES if (given / name).is_file()), given) if given.is_dir() else given
    try:
        return tables.read_figures_csv(file.read_bytes())
    except OSError as error:
        raise ReportgenError(f"cannot be read: {error.strerror}", where=str(file), hint="reportgen build") from None
    except ValueError as error:
        raise ReportgenError(f"is no figures.csv: {error}", where=str(file), hint="reportgen build") from None


def _silent(event: Event) -> None:
    """A library prints nothing; what was left out is in the result."""
