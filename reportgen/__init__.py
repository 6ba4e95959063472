"""Reads Chinese government releases into tables and writes Word and PDF briefings from them."""
