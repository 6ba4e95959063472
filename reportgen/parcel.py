"""Values on their way to another process: figures as columns, every object of the model by its fields.

In: any value. Out: bytes, and from bytes an equal value in which figures that were one object are one again. It is
pickle, for bytes that the program itself has made and that nobody else can have touched: never for files.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from copyreg import dispatch_table
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

import reportgen.model
from reportgen.model import Figure

_FIELDS = attrgetter(*(field.name for field in fields(Figure)))


def pack(value: Any) -> bytes:
    """`value` as bytes."""
    body = io.BytesIO()
    packer = _Packer(body, pickle.HIGHEST_PROTOCOL)
    packer.dump(value)
    columns = tuple(zip(*map(_FIELDS, packer.figures), strict=True))
    return pickle.dumps((columns, body.getvalue()), pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Any:
    """The value that `pack` made `data` of."""
    columns, body = pickle.loads(data)
    return _Unpacker(io.BytesIO(body), columns).load()


def _by_fields(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    names = [field.name for field in fields(kind)]
    if len(names) < 2:  # attrgetter gives one value bare
        return lambda value: (kind, tuple(getattr(value, name) for name in names))
    get = attrgetter(*names)
    return lambda value: (kind, get(value))


_MODEL = [getattr(reportgen.model, name) for name in reportgen.model.__all__]
_BY_FIELDS = {kind: _by_fields(kind) for kind in _MODEL if isinstance(kind, type) and is_dataclass(kind)}
_REDUCERS = {**dispatch_table, **_BY_FIELDS}


class _Packer(pickle.Pickler):
    """Leaves figures out, to be sent as columns, and puts their numbers in their places."""

    def __init__(self, file: io.BytesIO, protocol: int) -> None:
        super().__init__(file, protocol)
        self.dispatch_table = _REDUCERS
        self.figures: list[Figure] = []
        self._numbers: dict[int, int] = {}

    def persistent_id(self, value: Any) -> int | None:
        if type(value) is not Figure:
            return None
        number = self._numbers.setdefault(id(value), len(self.figures))
        if number == len(self.figures):
            self.figures.append(value)
        return number


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, columns: tuple[tuple[Any, ...], ...]) -> None:
        super().__init__(file)
        self._figures = list(map(Figure, *columns)) if columns else []

    def persistent_load(self, number: int) -> Figure:
        return self._figures[number]
