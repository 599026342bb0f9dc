"""What the rules of the house say about Python."""

import ast
from collections.abc import Iterator, Set

QUERYING = {"filter", "exclude"}
WRITING = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
CLOCKS = {
    ("timezone", "now"),
    ("site_time", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
}
MAKING_SAFE = {"mark_safe", "format_html", "format_html_join", "SafeString", "SafeText"}
MOST_LINES_A_FUNCTION = 50


def long_functions(source: str) -> Iterator[str]:
    """Functions with more lines than a reader keeps in mind."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_A_FUNCTION:
                yield f"{node.lineno}: {node.name} has {lines} lines"


def methods_called(source: str, names: set[str]) -> Iterator[str]:
    """Calls of something.name(...) for the given names."""
    for node in ast.walk(ast.parse(source)):
        method = node.func if isinstance(node, ast.Call) else None
        if not isinstance(method, ast.Attribute) or method.attr not in names:
            continue
        # A queryset's update takes names and values; with anything else it is a dictionary's.
        if method.attr != "update" or not node.args:
            yield f"{node.lineno}: .{method.attr}("


def names_used(source: str, names: set[str]) -> Iterator[str]:
    """Any use of a name, called or not, alone or after a dot. An import alone is no use."""
    for node in ast.walk(ast.parse(source)):
        name = getattr(node, "id", None) or getattr(node, "attr", None)
        if isinstance(node, ast.Name | ast.Attribute) and name in names:
            yield f"{node.lineno}: {name}"


def calls(source: str, names: set[str]) -> Iterator[str]:
    """Calls of a function by one of these names, other than with a value that stands there."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            fixed = all(isinstance(argument, ast.Constant) for argument in node.args)
            if name in names and not fixed:
                yield f"{node.lineno}: {name}("


def clock_reads(source: str, clocks: Set[tuple[str, str]] = CLOCKS) -> Iterator[str]:
    """Where code asks what time it is, or lets a column ask."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = getattr(node.value, "id", getattr(node.value, "attr", ""))
            if (owner, node.attr) in clocks:
                yield f"{node.lineno}: {owner}.{node.attr}"
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield f"{node.value.lineno}: {node.arg}"


def own_imports(source: str) -> Iterator[str]:
    """Imports of this project's own packages."""
    for node in ast.walk(ast.parse(source)):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        for module in modules:
            if module.partition(".")[0] in {"curriculum", "training", "tests"}:
                yield f"{node.lineno}: {module}"


def rendered_templates(source: str, function: str) -> list[str]:
    """The template names that a function hands to render(...), in the order of the text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return [
                argument.value
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "render"
                for argument in call.args[1:2]
                if isinstance(argument, ast.Constant)
            ]
    return []


def tests_in(source: str) -> dict[str, str]:
    """The tests of a file by name, with what each says of itself."""
    return {
        node.name: ast.get_docstring(node) or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
