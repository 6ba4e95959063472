"""Who may import whom, where each heavy library lives, how long a module may be: docs/architecture.md, held."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "reportgen"
MODULES = sorted(PACKAGE.rglob("*.py"))

STAGES = {"read", "clean", "segment", "extract", "tables", "compare", "summary", "charts", "briefing", "render"}
STAGES |= {"corrections", "drafts", "evidence", "publish"}
SHARED = {"model", "errors", "notation", "spreadsheet", "house", "vocabulary", "fonts", "ooxml"}
SHELL = {
    "cli",
    "library",
    "pipeline",
    "executors",
    "workers",
    "cluster",
    "parcel",
    "settings",
    "progress",
    "versions",
    "__main__",
    "__init__",
}
"""A part of the program -> what it may import beside itself and the standard library."""
MAY_IMPORT = {
    **dict.fromkeys(STAGES, SHARED),
    "errors": set(),
    "model": set(),
    "notation": {"model", "errors"},
    "spreadsheet": set(),
    "house": {"model", "errors"},
    "vocabulary": {"model", "errors"},
    "fonts": {"model", "errors", "house"},
    "ooxml": {"model", "errors"},
    "progress": set(),
    "executors": {"errors", "workers", "cluster", "parcel"},
    "workers": {"errors"},
    "cluster": {"errors", "versions"},
    "versions": set(),
    "parcel": {"model"},
    # the limits are declared where they are enforced
    "settings": {"model", "errors", "read"},
    "pipeline": STAGES | SHARED | {"executors", "workers", "settings", "progress", "versions", "__init__"},
    "cli": {"pipeline", "executors", "settings", "progress", "errors", "__init__"},
    "__main__": {"cli"},
    "library": {"pipeline", "tables", "compare", "vocabulary", "model", "errors", "settings", "progress"},
    # loaded when first asked for
    "__init__": {"library"},
}
"""A heavy library -> the only parts that may import it."""
HOMES = {
    # library names the type of what it hands on
    "pandas": ("tables", "library"),
    "openpyxl": ("tables",),
    "matplotlib": ("charts",),
    "jinja2": ("briefing",),
    "markdown_it": ("briefing",),
    # Word files are read and written as what they are, zip and XML; only tests use python-docx
    "docx": (),
    "reportlab": ("render/pdf",),
    "pdfplumber": ("read",),
    "opencc": ("clean",),
    # matplotlib and reportlab use it
    "PIL": (),
    "fontTools": ("fonts",),
    "distributed": ("cluster",),
}
SLOW_TO_LOAD = {
    "pandas",
    "openpyxl",
    "matplotlib",
    "jinja2",
    "docx",
    "reportlab",
    "pdfplumber",
    "numpy",
    "lxml",
    "opencc",
}
VAGUE = ("util", "helper", "common", "misc", "core", "manager")


def part_of(path: Path) -> str:
    """The part of the program that a module belongs to."""
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute name of every import of a module."""
    package = ("reportgen", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            if base == "reportgen":
                yield from ((node.lineno, f"reportgen.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, base


def own_part(name: str) -> str:
    """The part that `reportgen.x.y` names; a name of the package itself is its __init__."""
    part = name.split(".")[1] if "." in name else "__init__"
    return part if part in STAGES | SHARED | SHELL else "__init__"


def test_imports_point_one_way() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line}: {name}"
        for path in MODULES
        for line, name in imports(path)
        if name.split(".")[0] == "reportgen" and own_part(name) not in MAY_IMPORT[part_of(path)] | {part_of(path)}
    ]
    assert not wrong


def test_each_heavy_library_has_one_home() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line}: {name}"
        for path in MODULES
        for line, name in imports(path)
        if (homes := HOMES.get(name.split(".")[0])) and not path.relative_to(PACKAGE).as_posix().startswith(homes)
    ]
    assert not wrong


def test_help_loads_nothing_heavy() -> None:
    probe = (
        "import sys\nfrom reportgen.cli import main\n"
        "try:\n    main(['build', '--help'])\nexcept SystemExit: pass\n"
        "print(','.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert not SLOW_TO_LOAD & set(done.stdout.splitlines()[-1].split(","))


def test_no_module_outgrows_its_room() -> None:
    modules = (*MODULES, *(ROOT / "tests").rglob("*.py"))
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert not {path: length for path, length in lengths.items() if length > 400}


def test_names_say_what_is_inside() -> None:
    assert not [path for path in MODULES if path.stem.startswith(VAGUE) or path.parent.name.startswith(VAGUE)]


# run by a developer to make a file that the program ships, never by a verb
BUILDERS = ("fonts/build.py", "render/docx/house_docx.py")


def test_only_read_and_publish_touch_files_of_people() -> None:
    """Stages between them neither open nor write: a write mode or a rename elsewhere is a fault."""
    writing = ("write_text", "write_bytes", "rename", "replace_file", "unlink", "mkdir", "rmtree")
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.attr}"
        for path in MODULES
        if part_of(path) in STAGES - {"publish"} and path.relative_to(PACKAGE).as_posix() not in BUILDERS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in writing
    ]
    assert not wrong
