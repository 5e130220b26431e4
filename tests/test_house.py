"""The house rules a linter does not know."""

import os
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src" / "offhook").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
"""A peer in a file beside them may keep a telephone's pace."""
REFUSED = re.compile(r"(^|_)(helpers?|utils?|managers?|misc|common|base|impl|core|handlers?|processors?)($|_)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_one_idea_per_file(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 400, "it wants to be two files"
    assert text.startswith('"""'), "the first line says what the file is for"
    assert not [part for part in (path.stem, path.parent.name) if REFUSED.search(part)], "name it after what it does"


def contract() -> list[str]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    return [str(layer) for layer in table["layers"]]


def test_the_drawing_of_the_house_is_the_import_contract() -> None:
    drawing = re.findall(r"^    (\w+)  +\S", (ROOT / "docs" / "architecture.md").read_text(), flags=re.MULTILINE)
    assert drawing == contract()


def test_every_room_of_the_drawing_stands_in_the_house() -> None:
    rooms = {path.stem if path.is_file() else path.name for path in (ROOT / "src" / "offhook").iterdir()}
    assert set(contract()) <= rooms


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_test_waits_for_the_wall_clock(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\btime\.sleep\(", text), "tests do not sleep"
    waits = re.search(r"asyncio\.sleep\((?!0\))", text)
    assert waits is None or re.search(
        r"^from tests(\.calls\.house|\.virtual_time| import virtual_time)", text, re.MULTILINE
    ), "a wait needs a clock that jumps"


def test_ci_does_what_a_person_does() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = [line for line in script.read_text().splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make test"]


def test_the_licence_is_apache_2() -> None:
    assert (ROOT / "LICENSE").read_text().lstrip().startswith("Apache License")


def test_every_lock_has_hashes_and_no_index_address() -> None:
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert locks
    for lock in locks:
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://", text), "the lock names an address"
