"""What a template may see: text, whole numbers, tuples, dicts and frozen dataclasses without methods. Nothing else.

`checked` walks everything that enters a template and refuses the rest; blocks enter as slots, opaque strings that
the Markdown reader replaces. A value can neither hold markup nor forge a slot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from types import FunctionType, MappingProxyType
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.model import Block, Spans

LEFT, RIGHT = "\ue000", "\ue001"
SLOT = re.compile(f"{LEFT}(\\d+){RIGHT}")
_RESERVED = re.compile(f"[{LEFT}{RIGHT}]")
_DEEPEST = 8


class Slot(str):
    """Stands for blocks or spans while a template is rendered."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SectorPart:
    """One sector as a template sees it."""

    name: str
    short: str
    count: int
    actual: int
    target: int
    agency: str
    aside: str
    summary: str
    table: str
    charts: str


@dataclass(frozen=True, slots=True)
class AreaPart:
    """One area as a template sees it."""

    name: str
    count: int
    actual: int
    target: int
    aside: str
    lead: str
    summary: str
    table: str


@dataclass(slots=True)
class Slots:
    """The blocks and spans of one briefing, by slot number."""

    payloads: list[tuple[Block, ...] | Spans]
    inline: list[bool]

    def blocks(self, *blocks: Block) -> str:
        """A slot for whole blocks; the empty text where there are none, so that a template can ask."""
        return self._add(blocks, False) if blocks else ""

    def spans(self, spans: Spans) -> str:
        """A slot for running text."""
        return self._add(spans, True) if spans else ""

    def _add(self, payload: Any, inline: bool) -> str:
        self.payloads.append(payload)
        self.inline.append(inline)
        return Slot(f"{LEFT}{len(self.payloads) - 1}{RIGHT}")


def empty_slots() -> Slots:
    """Slots of a new briefing."""
    return Slots([], [])


def checked(value: Any, where: str = "context", depth: int = 0) -> Any:
    """`value` with only plain values inside; a private-use character in a text becomes 〓. Raises ReportgenError."""
    if depth > _DEEPEST:
        raise ReportgenError("the values for a template are nested too deeply", where=where)
    if isinstance(value, Slot):
        return value
    if type(value) is str:
        return _RESERVED.sub("〓", value)
    if type(value) in (int, bool):
        return value
    if type(value) is Decimal and value.is_finite():
        return value
    if type(value) is tuple:
        return tuple(checked(item, f"{where}[{index}]", depth + 1) for index, item in enumerate(value))
    if type(value) is dict and all(type(key) is str for key in value):
        return MappingProxyType({key: checked(item, f"{where}.{key}", depth + 1) for key, item in value.items()})
    if _plain_dataclass(value):
        changed = {
            field.name: checked(getattr(value, field.name), f"{where}.{field.name}", depth + 1)
            for field in fields(value)
        }
        return type(value)(**changed)
    raise ReportgenError(f"{type(value).__name__} must not enter a template", where=where)


def _plain_dataclass(value: Any) -> bool:
    """A frozen dataclass whose class defines no function and no property of its own."""
    kind = type(value)
    if isinstance(value, type) or not is_dataclass(value) or not kind.__dataclass_params__.frozen:
        return False
    own = [item for name, item in vars(kind).items() if not (name.startswith("__") and name.endswith("__"))]
    return not any(isinstance(item, (FunctionType, property, classmethod, staticmethod)) for item in own)
