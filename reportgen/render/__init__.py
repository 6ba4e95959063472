"""Blocks -> bytes: Word, PDF and html. Escaping happens here and nowhere else."""
