"""Templates for people: Markdown written by Jinja2, run in a sandbox with a budget. The only user of Jinja2.

A folder of *.md.j2 files and plain values go in, Markdown comes out; everything that a template inserts is escaped,
so a name changes no structure. A mistake, a forbidden step or too much work is a TemplateError with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reportgen.briefing.context import LEFT, RIGHT, Slot
from reportgen.errors import TemplateError

SUFFIX = ".md.j2"
LARGEST_FILE = 65_536
LONGEST_OUTPUT = 2_000_000
MOST_STEPS = 50_000
_NAME = re.compile(r"[\w\u3400-\u9fff-]{1,60}(?:\.\w{1,10}){0,2}\.j2")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~:=\"'$^])")
_SPACES = re.compile(r"[\s\u2028\u2029\x00-\x1f\x7f]+")
_DIGITS = "零一二三四五六七八九"
_FILTERS = (
    "length",
    "count",
    "first",
    "last",
    "join",
    "list",
    "reverse",
    "sort",
    "selectattr",
    "rejectattr",
    "map",
    "default",
    "d",
    "abs",
)
_EACH = "_each"
_JOIN = "_join"


@dataclass(slots=True)
class Budget:
    """What one rendering may still do; every loop turn and call is a step."""

    steps: int = MOST_STEPS
    characters: int = LONGEST_OUTPUT

    def spend(self, steps: int, characters: int = 0) -> None:
        """Take steps and characters away; raises OverBudgetError when nothing is left."""
        self.steps -= steps
        self.characters -= characters
        if self.steps < 0:
            raise OverBudgetError(f"the template takes more than {MOST_STEPS} steps; does a loop never end?")
        if self.characters < 0:
            raise OverBudgetError(f"the template prints more than {LONGEST_OUTPUT} characters")


class OverBudgetError(Exception):
    """A template does too much."""


class UnprintableError(Exception):
    """A value that must not be printed."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Markdown of one template; `fixed` is all that the template itself says, with its included files."""

    file: str
    text: str
    fixed: str


def render(folder: Path, name: str, values: Mapping[str, Any]) -> Rendered:
    """Run the template `name` of `folder`. Raises TemplateError (file:line, what, what to try)."""
    budget = Budget()
    environment = _environment(folder, budget)
    try:
        pieces: list[str] = []
        for piece in environment.get_template(name).generate(dict(values)):
            budget.spend(0, len(piece))
            pieces.append(piece)
    except TemplateError:
        raise
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(
            error.message or "wrong syntax", where=f"{error.filename or name}:{error.lineno}", hint=_hint(str(error))
        ) from None
    except jinja2.TemplateNotFound as error:
        raise TemplateError(
            f"no template {error.name}", where=str(folder / name), hint="put the file into the folder"
        ) from None
    except Exception as error:
        # Whatever a template does wrong at run time must end as one message; the frame tells its line.
        raise TemplateError(_what(error), where=_where(error, folder, name), hint=_hint(str(error))) from None
    return Rendered(name, "".join(pieces), "".join(environment.fixed))


def unknown_names(folder: Path, name: str, known: frozenset[str]) -> tuple[TemplateError, ...]:
    """Names that a template uses and nobody gives, with their lines, also in branches that a sample never reaches."""
    environment = _environment(folder, Budget())
    try:
        tree = environment.parse(read_template(folder, name), name, str(folder / name))
        missing = meta.find_undeclared_variables(tree) - known - environment.globals.keys()
    except (TemplateError, jinja2.TemplateSyntaxError):
        return ()  # rendering says it with its line
    errors = []
    for word in sorted(missing):
        line = min(node.lineno for node in tree.find_all(nodes.Name) if node.name == word)
        near = get_close_matches(word, known, 1)
        hint = f"{near[0]}?" if near else "one of " + ", ".join(sorted(known))
        errors.append(
            TemplateError(f"{word!r} is not a name that this kind knows", where=f"{folder / name}:{line}", hint=hint)
        )
    return tuple(errors)


def escape(text: str) -> str:
    """`text` so that Markdown reads it as plain text on one line.

    >>> escape("# 标题\\n[a](b)")
    '\\\\# 标题 \\\\[a\\\\]\\\\(b\\\\)'
    """
    return _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", text))


def numeral(number: int) -> str:
    """1 to 99 in Chinese, for headings.

    >>> numeral(7), numeral(10), numeral(21)
    ('七', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


class _Environment(ImmutableSandboxedEnvironment):
    """Only fields of plain values, only our own functions, only sums of numbers."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))
    budget: Budget
    fixed: list[str]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields of plain values and of `loop`; no method of a text or number."""
        if attr.startswith("_") or isinstance(obj, (str, int, Decimal)):
            return False
        return isinstance(obj, (LoopContext, Mapping)) or not callable(value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros, blocks and the functions that this module provides."""
        return isinstance(obj, (Macro, LoopContext, BlockReference)) or obj in self.globals.values()

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Every call is ten steps."""
        self.budget.spend(10)
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic with numbers of at most 20 digits; powers never."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return _join_texts([left, right], self.budget)
        numbers = all(isinstance(value, (int, Decimal)) for value in (left, right))
        if operator == "**" or not numbers or max(abs(left), abs(right)) > 10**20:
            raise SecurityError(f"{operator} is only for numbers" if operator != "**" else "** is not allowed")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse, then make every loop and every ~ count its work."""
        tree = super()._parse(source, name, filename)
        self.fixed += [data.data for data in tree.find_all(nodes.TemplateData)]
        self.fixed += [
            str(constant.value) for constant in tree.find_all(nodes.Const) if isinstance(constant.value, str)
        ]
        for loop in tree.find_all(nodes.For):
            size = sum(len(data.data) for data in loop.find_all(nodes.TemplateData))
            loop.iter = nodes.Filter(loop.iter, _EACH, [nodes.Const(size)], [], None, None, lineno=loop.lineno)
        _count_joins(tree)
        return tree


def _count_joins(tree: nodes.Node) -> None:
    """Replace a ~ b by a filter that looks at the length."""
    for node in [tree, *tree.find_all(nodes.Node)]:
        for field, value in list(node.iter_fields()):
            if isinstance(value, nodes.Concat):
                setattr(node, field, _joined(value))
            elif isinstance(value, list):
                value[:] = [_joined(item) if isinstance(item, nodes.Concat) else item for item in value]


def _joined(node: nodes.Concat) -> nodes.Filter:
    parts: nodes.Expr = nodes.Tuple(node.nodes, "load", lineno=node.lineno)
    return nodes.Filter(parts, _JOIN, [], [], None, None, lineno=node.lineno)


def _join_texts(parts: Any, budget: Budget) -> str:
    texts = [part if isinstance(part, str) else str(_printable(part)) for part in parts]
    if any(isinstance(part, Slot) for part in parts):
        raise UnprintableError("a block or a passage of the briefing must be inserted by itself")
    budget.spend(1, sum(map(len, texts)))
    if any(isinstance(part, Markup) for part in parts):
        return Markup("").join(text if isinstance(text, Markup) else Markup(escape(text)) for text in texts)
    return "".join(texts)


def _environment(folder: Path, budget: Budget) -> _Environment:
    environment = _Environment(
        loader=jinja2.FunctionLoader(lambda name: _load(folder, name)),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=0,
    )

    def each(values: Any, size: int) -> Iterator[Any]:
        if isinstance(values, Undefined):
            str(values)  # StrictUndefined raises and names the variable
        if isinstance(values, str) or not hasattr(values, "__iter__"):
            raise UnprintableError("a loop needs a list, such as sectors")
        for value in values:
            budget.spend(1, size)
            yield value

    @jinja2.pass_context
    def finalize(_: Context, value: Any) -> Markup:
        text = _printable(value)
        budget.spend(1, len(text))
        return text

    environment.budget = budget
    environment.fixed = []
    environment.finalize = finalize
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters |= {"numeral": numeral, _EACH: each, _JOIN: lambda parts: _join_texts(parts, budget)}
    environment.globals = {"range": _range}
    environment.tests = {
        name: test for name, test in environment.tests.items() if name not in ("callable", "filter", "test")
    }
    return environment


def _range(*bounds: int) -> range:
    return range(*bounds)


def _printable(value: Any) -> Markup:
    """Markdown for a value: slots and what a macro has printed stay, text is escaped; None and the like raise."""
    if isinstance(value, Undefined):
        str(value)  # StrictUndefined raises and names the variable
    if isinstance(value, Slot):
        return Markup(str(value))
    if isinstance(value, Markup):
        return value
    if isinstance(value, bool) or value is None:
        raise UnprintableError(f"{value} cannot be printed")
    if isinstance(value, str):
        if LEFT in value or RIGHT in value:
            raise UnprintableError("a block or a passage of the briefing must be inserted by itself")
        return Markup(escape(value))
    if isinstance(value, int) or (isinstance(value, Decimal) and value.is_finite()):
        return Markup(f"{value:f}" if isinstance(value, Decimal) else str(value))
    raise UnprintableError(f"a {type(value).__name__} cannot be printed")


def _load(folder: Path, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """Text, file name and freshness of a template; only plain names of files that really lie in the folder."""
    if not _NAME.fullmatch(name) or not (folder / name).is_file():
        return None
    return read_template(folder, name), str(folder / name), lambda: True


def read_template(folder: Path, name: str) -> str:
    """The text of a template file: UTF-8, not too large, lying in `folder` itself. Raises TemplateError."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise TemplateError(
            "the template lies outside its folder", where=str(path), hint="copy the file instead of linking it"
        )
    data = path.read_bytes()
    if len(data) > LARGEST_FILE:
        raise TemplateError(f"the template is larger than {LARGEST_FILE} bytes", where=str(path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TemplateError("not UTF-8 text", where=f"{path}:{line}", hint="save the file as UTF-8") from None
    for at, char in enumerate(text):
        if char in (LEFT, RIGHT):
            raise TemplateError(
                "a private-use character stands in the template", where=f"{path}:{text.count(chr(10), 0, at) + 1}"
            )
    return text


def _where(error: BaseException, folder: Path, name: str) -> str:
    """file:line of the innermost template frame."""
    place = str(folder / name)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2") and Path(file).parent == folder:
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _what(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "a macro calls itself for ever"
    return str(error) or type(error).__name__


def _hint(message: str) -> str:
    if "is undefined" in message or "has no attribute" in message:
        return "compare the spelling with the names in the manual"
    if "unexpected" in message or "Encountered" in message or "Unexpected" in message:
        return "every {% for %} and {% if %} needs its end, every {{ its }}"
    return ""
