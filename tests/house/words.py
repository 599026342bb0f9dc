"""What the rules of the house say about sentences in rooms that know no web."""

import ast
import re
from collections.abc import Iterator

MARKERS = {"_", "ngettext"}
# What takes a sentence for somebody to read.
TELLING = {"Problem", "Fault", "error", "warning", "wrong", "_report", "problem", "NoQuestion"}
SENTENCE = re.compile(r"[`A-Z{\u2026·].*\b[a-z]+ .*[a-z]+ .*[.:]", re.DOTALL)
GAP = "·"


def marked(source: str) -> Iterator[tuple[int, list[str]]]:
    """Each marked sentence: its line, and its templates, one or two."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKERS:
            count = 2 if getattr(node.func, "id", "") == "ngettext" else 1
            yield node.lineno, [getattr(one, "value", None) for one in node.args[:count]]


def unmarked(source: str) -> Iterator[str]:
    """Sentences that no translator would see: handed on raw, standing loose, or made up at once."""
    tree = ast.parse(source)
    passed = _inside_markers(tree) | _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _raw_arguments(node)
        if id(node) not in passed and SENTENCE.fullmatch(_text(node)):
            yield f"{node.lineno}: {' '.join(_text(node).split())[:60]}"
    for line, templates in marked(source):
        if not all(isinstance(one, str) for one in templates):
            yield f"{line}: a marked sentence that is not written out"


def _raw_arguments(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    words = [_text(one) for one in call.args if name in TELLING]
    for text in words:
        if " " in text and not SENTENCE.fullmatch(text):
            yield f"{call.lineno}: {text[:60]}"


def _text(node: ast.AST) -> str:
    """A text as it stands there, a gap for each value; empty for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else GAP for one in node.values
        )
    return ""


def _inside_markers(tree: ast.AST) -> set[int]:
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKERS
    ]
    return {id(inner) for call in calls for one in call.args for inner in ast.walk(one)}


def _docstrings(tree: ast.AST) -> set[int]:
    """Texts that stand for themselves, and the pieces of a text with values, seen with it."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    pieces = {
        id(one) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for one in node.values
    }
    return alone | pieces
