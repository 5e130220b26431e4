"""Reads source with its docstrings: what a file, a class and its fields say of themselves, and the kinds of errors."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TELLERS: Final = {
    "Fault": 0,
    "ErrorRecord": 0,
    "_refuse": 1,
    "fail": 0,
    "skip": 0,
    "error": 0,
    "warning": 0,
    "critical": 0,
    "exception": 0,
}
"""Functions and methods that record an error, and which of their arguments is its kind."""
TOLD: Final = ("problem", "remedy", "done")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field of a class, or a member of an enumeration."""

    name: str
    type: str
    default: str
    doc: str


@dataclass(frozen=True, slots=True)
class Described:
    """A class with its fields."""

    name: str
    doc: str
    fields: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """One kind of error, and where it comes from."""

    name: str
    room: str
    told: str
    """What is done about it, or the remedy, as far as the source says it in so many words."""


def module_doc(path: Path) -> str:
    """A file's docstring, as Markdown."""
    return ast.get_docstring(_tree(path)) or ""


def records(path: Path) -> Iterator[Described]:
    """The public classes of a file, in order."""
    for node in _tree(path).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield Described(node.name, ast.get_docstring(node) or "", tuple(_fields(node)))


def error_kinds(folder: Path) -> list[ErrorKind]:
    """Every kind of error that a file below `folder` records, by room and name."""
    found: dict[str, ErrorKind] = {}
    for path in sorted(folder.rglob("*.py")):
        room = path.relative_to(folder).parts[0].removesuffix(".py")
        tree = _tree(path)
        assigned = _assigned(tree)
        for node in ast.walk(tree):
            kind = _kind(node, room, assigned) if isinstance(node, ast.Call) else None
            if kind is not None and len(kind.told) >= len(found.get(kind.name, kind).told):
                found[kind.name] = kind
    return sorted(found.values(), key=lambda kind: (kind.room, kind.name))


def _fields(node: ast.ClassDef) -> Iterator[Attribute]:
    following: list[ast.stmt | None] = [*node.body[1:], None]
    for statement, after in zip(node.body, following, strict=True):
        doc = ""
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            doc = after.value.value.strip()
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind, value=value) if not name.startswith("_"):
                yield Attribute(name, ast.unparse(kind), "" if value is None else _default(value), doc)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not name.startswith("_"):
                yield Attribute(name, "", ast.unparse(value).replace("'", '"'), doc)


def _default(value: ast.expr) -> str:
    return "may be empty" if "field(" in ast.unparse(value) else f"default {ast.unparse(value)}"


def _kind(call: ast.Call, room: str, assigned: Sequence[tuple[int, str, str]]) -> ErrorKind | None:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name not in TELLERS:
        return None
    at = TELLERS[name]
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    given = [*call.args[at : at + 1], *[named[key] for key in ("kind",) if key in named]]
    kind = next((text for value in given if (text := _text(value, {})).isidentifier()), None)
    if kind is None:
        return None
    constants = {name: text for line, name, text in assigned if name.isupper() or line < call.lineno}
    told = [_text(value, constants) for value in (*call.args[at + 1 :], *[named[key] for key in TOLD if key in named])]
    sentences = " ".join(f"{text[0].upper()}{text[1:].removesuffix('.')}." for text in told if " " in text)
    return ErrorKind(kind, _text(named["room"], {}) if "room" in named else room, sentences)


def _assigned(tree: ast.Module) -> list[tuple[int, str, str]]:
    """Line, name and words of every assignment, in order; no words where they are computed."""
    return sorted(
        (node.lineno, target.id, _text(node.value, {}))
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    )


def _text(value: ast.expr, constants: Mapping[str, str]) -> str:
    """A literal's words, dots where something is computed; nothing of what is computed as a whole."""
    match value:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return constants.get(name, "")
        case ast.JoinedStr(values=parts):
            return "".join(_text(part, {}) or "…" for part in parts)
        case _:
            return ""


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
