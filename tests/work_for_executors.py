"""Module-level work that a worker process can import."""

import os
import time


def square(number: int) -> int:
    """The plain case; 13 raises, 99 ends its worker."""
    if number == 13:
        raise ValueError("unlucky")
    if number == 99:
        os._exit(1)
    return number * number


def hang(number: int) -> int:
    """Never comes back."""
    time.sleep(3600)
    return number


def devour(number: int) -> int:
    """Takes more memory than it may."""
    return len(bytearray(number << 30))
