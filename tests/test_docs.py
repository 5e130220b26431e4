"""What the pages say is so: their commands, links, snippets, tables and transcripts are tried."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from offhook.cli.main import COMMANDS, loaded
from offhook.conversation import patience
from offhook.receptionist.profession_file import load_profession
from offhook.settings import PREFIX, Settings
from tools.reference import FOLDER, pages

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
RUN_S = 60


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def fences(path: Path, language: str) -> list[str]:
    """The fenced blocks of a language, without their indentation."""
    found = [(indent, body) for indent, kind, body in FENCE.findall(path.read_text()) if kind == language]
    return ["\n".join(line.removeprefix(indent) for line in body.splitlines()) + "\n" for indent, body in found]


def code_in(path: Path) -> list[str]:
    """Everything a page sets as code, a line or a span each."""
    text = path.read_text()
    blocks = [line.strip() for _, _, body in FENCE.findall(text) for line in body.splitlines()]
    indented = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    spans = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", FENCE.sub("", text))]
    return [*blocks, *indented, *spans]


def printed_commands(path: Path) -> list[list[str]]:
    """The words behind `offhook` of every command that a page prints; placeholders in capitals are left out."""
    found = []
    for code in code_in(path):
        match = re.match(r"(?:.*\| )?(?:\.venv/bin/)?offhook ([a-z-].*)", code)
        if match and not match[1].startswith("answers "):
            found.append(shlex.split(match[1]))
    return found


def offhook(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from offhook.cli.main import main; main()", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=RUN_S, cwd=ROOT)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_command_that_is_printed_exists(path: Path) -> None:
    for words in printed_commands(path):
        if words[0].startswith("-"):
            continue
        assert words[0] in COMMANDS, f"offhook {' '.join(words)}"
        command: object = loaded(words[0])
        below = getattr(command, "commands", {})
        if below and len(words) > 1:
            assert words[1] in below, f"offhook {' '.join(words)}"
            command = below[words[1]]
        known = {option for parameter in getattr(command, "params", ()) for option in parameter.opts} | {"--help"}
        used = {word.split("=")[0] for word in words if word.startswith("--")}
        assert used <= known, f"offhook {' '.join(words)}"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_make_target_that_is_printed_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    used = {match[1] for code in code_in(path) if (match := re.match(r"make ([a-z]+)", code))}
    assert used <= targets


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", FENCE.sub("", path.read_text()))
    assert not [link for link in links if "://" not in link and not (path.parent / link).exists()]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_file_that_is_named_is_there(path: Path) -> None:
    named = [code for code in code_in(path) if re.fullmatch(r"[\w-]+(?:/[\w-]+)+\.(?:py|toml|md|sh)", code)]
    roots = (ROOT, ROOT / "src" / "offhook", path.parent)
    examples = {"providers/yourvendor.py"}
    assert not [name for name in named if name not in examples and not any((root / name).exists() for root in roots)]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(rf"\b{PREFIX}[A-Z0-9_]*[A-Z0-9]\b", path.read_text())) <= known


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_stand_for_themselves(path: Path) -> None:
    assert not re.search(r"/work/|/root/|\.\./shared|\bpypi\b", path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_snippets_can_be_read_by_their_language(path: Path) -> None:
    for snippet in fences(path, "python"):
        compile(snippet, name_of(path), "exec")
    for snippet in fences(path, "toml"):
        tomllib.loads(snippet)
    for snippet in fences(path, "json"):
        json.loads(snippet)


def test_the_first_page_is_one_screen_and_says_how_to_begin() -> None:
    text = (ROOT / "README.md").read_text()
    assert len(text.splitlines()) <= 70
    assert {"make demo", "make test"} <= set(code_in(ROOT / "README.md"))
    assert "for trying offhook out" in text


def test_the_reference_is_what_the_code_says() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    stale = {name for name, text in pages().items() if written.pop(name, "") != text}
    assert not stale, "run `.venv/bin/python -m tools.reference`"
    assert not written, "left over"


@pytest.mark.parametrize("arguments", ["--help", "professions", "models list", "doctor --settings"])
def test_what_costs_nothing_runs(arguments: str) -> None:
    done = offhook(*arguments.split())
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_first_booking_goes_as_the_tutorial_tells(tmp_path: Path) -> None:
    page = ROOT / "docs" / "tutorials" / "first-booking.md"
    shown = fences(page, "text")[0].splitlines()
    agent = [line.removeprefix("agent   ") for line in shown if line.startswith("agent")]
    caller = [line.strip() for line in shown if line.startswith(" ")]
    now = ["--now", "2026-11-23T10:00:00"]
    assert any(["chat", *now] == [words[0], *words[words.index("--now") :][:2]] for words in printed_commands(page)[:1])
    done = offhook("chat", "--json", *now, "--data", str(tmp_path), stdin="\n".join(caller) + "\n")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["text"] for each in said if each["type"] == "reply"][: len(agent)] == agent
    end = said[-1]
    assert end["outcome"] == "booked"
    assert end["appointments"][0]["start"].startswith("2026-12-01T15:00")
    assert _shape(end) == _shape(_example("offhook chat --json", 1))
    calls = json.loads(offhook("calls", "--json", "--data", str(tmp_path)).stdout)
    assert set(calls) == set(_example("offhook calls --json", 0))
    replayed = offhook("replay", calls["id"], "--data", str(tmp_path))
    assert replayed.returncode == 0, replayed.stderr
    assert "the same as recorded" in replayed.stdout


def _example(title: str, at: int) -> dict[str, object]:
    """An example of the JSON page: the one `at` below the title."""
    below = (FOLDER / "json.md").read_text().split(f"## {title}\n")[1]
    example: dict[str, object] = json.loads(FENCE.findall(below)[at][2])
    return example


def _shape(told: dict[str, object]) -> dict[str, object]:
    """Its names, and those of its first appointment and action; a call need not leave a message."""
    lists = {name: set(value[0]) for name, value in told.items() if isinstance(value, list) and value}
    return {"names": set(told), **{name: lists[name] for name in ("actions", "appointments")}}


def test_the_profession_of_the_page_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "florist.toml"
    file.write_text(fences(ROOT / "docs" / "howto" / "add-a-profession.md", "toml")[0])
    assert load_profession(file).name == "florist"


def test_the_heart_answers_as_its_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    snippet = fences(ROOT / "docs" / "explanation" / "the-heart-has-no-clock.md", "python")[0]
    exec(compile(snippet, "the-heart-has-no-clock.md", "exec"), {})
    greeted, heard, deadline, asked = capsys.readouterr().out.splitlines()
    assert re.findall(r"\b(Say|EndSpeech|Play)\(", greeted) == ["Say", "EndSpeech", "Play"]
    assert (heard, deadline) == ("[]", "5.5")
    assert "Are you still there?" in asked


def test_the_pauses_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "explanation" / "how-a-turn-ends.md").read_text()
    told = [float(seconds) for seconds in re.findall(r"^\|.*\| ([\d.]+) s \|$", page, re.MULTILINE)]
    rows = ("OPEN", "YES_NO", "NAME", "UNFINISHED", "DICTATION", "DICTATION_COMPLETE")
    assert told == [getattr(patience, row).over for row in rows]
    assert f"to {patience.PATIENCE.judged_unfinished} s" in page
    assert f"at most {patience.PATIENCE.wordless:g} s" in page
