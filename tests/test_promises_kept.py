"""Which of the ten promises have their property test, and that none of them is proved by a handful of cases."""

import ast
import re
from pathlib import Path

from hypothesis import settings

TESTS = Path(__file__).parent
MADE_TRUE = {1, 2, 5, 7, 10}
"""The issues that follow add theirs here."""
LEAST_CASES = 100
PROMISE = re.compile(r"Feature: ai-voice-agent, Property (\d+): \S")


def promised() -> dict[int, list[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]]:
    """The tests of each promise."""
    found: dict[int, list[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for n in PROMISE.findall(ast.get_docstring(node) or ""):
                    found.setdefault(int(n), []).append((path, node))
    return found


def test_every_promise_that_was_made_true_has_its_test() -> None:
    assert promised().keys() >= MADE_TRUE, f"without a test: {sorted(MADE_TRUE - promised().keys())}"


def test_each_draws_a_hundred_cases() -> None:
    for n, tests in promised().items():
        for path, test in tests:
            told = f"promise {n}: {path.name}, {test.name}"
            assert test.name.startswith("test_"), f"{told} is not run"
            drawn = [
                node for node in ast.walk(test) if isinstance(node, ast.Name | ast.Attribute) and _says(node, "given")
            ]
            assert drawn, f"{told} draws nothing"
            assert all(cases >= LEAST_CASES for cases in _limits(test)), f"{told} draws too few cases"


def test_the_house_profile_draws_a_hundred_cases() -> None:
    assert settings.get_profile("house").max_examples >= LEAST_CASES


def _says(node: ast.Name | ast.Attribute, name: str) -> bool:
    return (node.id if isinstance(node, ast.Name) else node.attr) == name


def _limits(test: ast.FunctionDef | ast.AsyncFunctionDef) -> list[int]:
    """Every `max_examples=` of the test; what is no plain number counts as none."""
    keywords = [node for node in ast.walk(test) if isinstance(node, ast.keyword) and node.arg == "max_examples"]
    return [
        node.value.value if isinstance(node.value, ast.Constant) and isinstance(node.value.value, int) else 0
        for node in keywords
    ]
