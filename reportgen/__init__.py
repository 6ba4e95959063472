"""Reads Chinese government releases into tables and writes Word and PDF briefings from them."""

__version__ = "0.1.0"
