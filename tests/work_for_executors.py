"""Module-level work that a worker process can import."""

import os
from pathlib import Path


def square(number: int) -> int:
    """The plain case; 13 raises, 99 ends its worker, 98 ends it only while a file named beside is missing."""
    if number == 13:
        raise ValueError("unlucky")
    if number == 99:
        os._exit(1)
    return number * number


def die_once(path: str) -> str:
    """End the worker the first time."""
    if not Path(path).exists():
        Path(path).touch()
        os._exit(1)
    return Path(path).name
