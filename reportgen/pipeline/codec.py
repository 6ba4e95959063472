"""Frozen dataclasses as JSON values and back, by their type hints: how the cache keeps what a document yielded.

In: a value of the model. Out: plain JSON; and from JSON a value that equals it, or an exception, never half of one.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def encode(value: Any) -> Any:
    """`value` in JSON's own types."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def decode(kind: Any, data: Any) -> Any:
    """The value of type `kind` that `encode` made `data` of. Raises ValueError, TypeError or KeyError."""
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: decode(hint, data[name]) for name, hint in _hints(kind).items()})
    origin, arms = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else decode(next(arm for arm in arms if arm is not type(None)), data)
    if origin is tuple:
        hints = [arms[0]] * len(data) if arms[-1] is Ellipsis else arms
        return tuple(decode(hint, item) for hint, item in zip(hints, data, strict=True))
    if origin is Mapping:
        return {str(key): decode(arms[1], item) for key, item in data.items()}
    return _plain(kind, data)


def _plain(kind: Any, data: Any) -> Any:
    if kind is Decimal:
        return Decimal(data)
    if kind is date:
        return date.fromisoformat(data)
    good = data in get_args(kind) if get_origin(kind) is Literal else type(data) is kind
    if not good:
        raise ValueError(f"{data!r} is no {kind}")
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return {field.name: get_type_hints(kind)[field.name] for field in fields(kind)}
