"""The stages in order: one module a verb; `documents` and `printing` hold what a worker process runs.

Empty, so that a worker and `reportgen --help` load no more than they name.
"""
