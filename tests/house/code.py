"""The source of the house as trees, for the laws that are about how it is written."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
IPTA = ROOT / "ipta"

# From below to above; a part rests only on those before it. Neighbours stand together.
LAYERS = (
    {"base"},
    {"vault"},
    {"journal"},
    {"reference"},
    {"accounts"},
    {"dossiers"},
    {"sharing"},
    {"law"},
    {"scans", "scouting"},
    {"plans", "workplaces"},
    {"wraparound", "placements"},
    {"guarding"},
    {"api"},
    {"web"},
)
PARTS = sorted(set().union(*LAYERS) - {"web", "api"})


def files(under: Path = IPTA, *, migrations: bool = False) -> list[Path]:
    found = sorted(under.rglob("*.py"))
    return found if migrations else [file for file in found if "migrations" not in file.parts]


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def functions(file: Path) -> Iterator[ast.FunctionDef]:
    """Those of the module itself."""
    yield from (node for node in tree(file).body if isinstance(node, ast.FunctionDef))


def calls(node: ast.AST) -> Iterator[ast.Call]:
    yield from (found for found in ast.walk(node) if isinstance(found, ast.Call))


def called(call: ast.Call) -> str:
    """What is called, as it is written: `record`, `Note.objects.create`."""
    return dotted(call.func)


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return node.id if isinstance(node, ast.Name) else "?"


def imports(file: Path) -> Iterator[str]:
    """The modules this file imports, and `module.name` for what it takes out of them."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def decorators(function: ast.FunctionDef) -> set[str]:
    return {dotted(d.func if isinstance(d, ast.Call) else d) for d in function.decorator_list}
