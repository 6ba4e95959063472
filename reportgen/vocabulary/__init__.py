"""The words that the stages know: sectors, indicators, units, agencies, divisions. Data beside this file.

`load()` reads the shipped TOML and CSV files, then those of a user folder, which may add to and override them.
"""

from __future__ import annotations

from reportgen.vocabulary.divisions import Divisions
from reportgen.vocabulary.load import Vocabulary, load
from reportgen.vocabulary.types import Agency, Division, Indicator, Population, Sector, Unit

__all__ = ["Agency", "Division", "Divisions", "Indicator", "Population", "Sector", "Unit", "Vocabulary", "load"]
