"""Frozen dataclasses as JSON values and back, by their type hints: how the cache keeps them.

In: a value of the model. Out: plain JSON; and from JSON a value that equals it, or an exception, never half of one.
"""

from __future__ import annotations

import types
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Decoder = Callable[[Any], Any]


def encode(value: Any) -> Any:
    """`value` in JSON's own types."""
    kind: Any = type(value)
    if kind is str or value is None:
        return value
    if kind is tuple:
        return [encode(item) for item in value]
    if kind is Decimal:
        return str(value)
    names = _names(kind)
    if names:
        return {name: encode(getattr(value, name)) for name in names}
    if kind is bytes:
        return b64encode(value).decode()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    return value


def decode(kind: Any, data: Any) -> Any:
    """The value of type `kind` that `encode` made `data` of. Raises ValueError, TypeError or KeyError."""
    return _decoder(kind)(data)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


@cache
def _decoder(kind: Any) -> Decoder:
    """How to read one type; worked out once, for a document holds tens of thousands of values."""
    origin, arms = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind)
    if origin in (Union, types.UnionType):
        return _one_of([arm for arm in arms if arm is not type(None)])
    if origin is tuple and arms[-1] is Ellipsis:
        each = _decoder(arms[0])
        return lambda data: tuple(map(each, data))
    if origin is tuple:
        row = [_decoder(arm) for arm in arms]
        return lambda data: tuple(part(item) for part, item in zip(row, data, strict=True))
    if origin in (Mapping, dict):
        held = _decoder(arms[1])
        return lambda data: {str(key): held(item) for key, item in data.items()}
    if kind is Decimal:
        return Decimal
    if kind is bytes:
        return lambda data: b64decode(data, validate=True)
    if kind is date:
        return date.fromisoformat
    return _plain(kind)


def _one_of(kinds: Sequence[Any]) -> Decoder:
    """None, or a value of the one type; of several dataclasses it is the one whose fields the data names."""
    if len(kinds) == 1:
        some = _decoder(kinds[0])
        return lambda data: None if data is None else some(data)
    by_fields = {frozenset(_names(kind)): _decoder(kind) for kind in kinds}
    return lambda data: by_fields[frozenset(data)](data)


def _dataclass(kind: type) -> Decoder:
    hints = get_type_hints(kind)
    parts = {name: _decoder(hints[name]) for name in _names(kind)}
    return lambda data: kind(**{name: part(data[name]) for name, part in parts.items()})


def _plain(kind: Any) -> Decoder:
    known = get_args(kind) if get_origin(kind) is Literal else ()

    def plain(data: Any) -> Any:
        if data in known if known else type(data) is kind:
            return data
        raise ValueError(f"{data!r} is no {kind}")

    return plain
