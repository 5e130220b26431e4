"""The command line as people meet it: help, speed of loading, and what is said when something is wrong."""

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from offhook.calls.running import RunningCall
from offhook.calls.tape import Began
from offhook.cli.chat import held
from offhook.cli.main import COMMANDS, loaded
from offhook.conversation.form import Form
from offhook.conversation.patience import Patience
from offhook.conversation.states import Ways
from offhook.receptionist.outcome import Outcome
from offhook.store.records import INSTALLATION, NewCall
from offhook.store.store import Store
from tests.calls.house import NOW, MemoryStore, run
from tests.house.serving import OFFHOOK, Ran, environment, free_port, offhook

HELP_LINES = 24
SLOW = ("fastapi", "twilio", "onnxruntime", "picows", "aiohttp", "numpy", "uvicorn", "alembic")


def ran(cache: Path, *arguments: str, stdin: str = "", **env: str) -> Ran:
    return asyncio.run(offhook(*arguments, env=environment(cache, **env), stdin=stdin))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_each_command_says_of_itself(name: str) -> None:
    told = loaded(name).help
    first = " ".join(told.split("\n\n")[0].split())
    assert first.startswith(COMMANDS[name].rstrip("."))


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_a_screen_and_shows_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        loaded(name)(["--help"], prog_name=f"offhook {name}")
    told = capsys.readouterr().out
    assert len(told.strip().splitlines()) <= HELP_LINES
    assert f"Example: offhook {name}" in told


def test_the_whole_help_fits_a_screen(cache: Path) -> None:
    told = ran(cache, "--help")
    assert told.code == 0
    assert len(told.out.strip().splitlines()) <= HELP_LINES
    assert "offhook demo" in told.out


@pytest.mark.parametrize(("module", "slow"), [("main", (*SLOW, "sqlalchemy", "pydantic")), ("chat", SLOW)])
def test_a_command_loads_only_what_it_uses(module: str, slow: tuple[str, ...]) -> None:
    script = f"import sys, offhook.cli.{module}; print([name for name in {slow} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


WRONG: dict[str, tuple[list[str], dict[str, str], int, str]] = {
    "an unknown command": (["chatt"], {}, 2, "chat"),
    "a setting that does not exist": (["calls"], {"OFFHOOK_SPECULAT": "1"}, 2, "Did you mean OFFHOOK_SPECULATE?"),
    "two wrong settings": (["serve"], {"OFFHOOK_STT": "x", "OFFHOOK_KEY": "short"}, 2, "OFFHOOK_KEY"),
    "an address that is none": (["serve"], {"OFFHOOK_PUBLIC_URL": "phone.example"}, 2, "https://phone.example.com"),
    "a patience that is no number": (["serve", "--drain", "nan"], {}, 2, "'--drain'"),
    "noise that is no number": (["call", "hello", "--noise", "inf"], {}, 2, "'--noise'"),
    "a model without its key": (["serve"], {"OFFHOOK_LLM": "openai"}, 1, "Set OPENAI_API_KEY to your key."),
    "an unknown model": (["chat", "--llm", "opnai"], {}, 2, "Choose among: openai, scripted."),
    "an unknown profession": (["chat", "--profession", "dentst"], {}, 2, "Choose among dentist"),
    "no point in time": (["chat", "--now", "yesterday"], {}, 2, "Give one such as 2026-11-23T10:00:00."),
    "a time without a day after it": (["chat", "--now", "9999-12-31"], {}, 2, "Give one such as 2026-11-23T10:00:00."),
    "a port that is none": (["serve", "--port", "99999"], {}, 2, "65535"),
    "a call that is not there": (["replay", "nosuch"], {}, 1, "`offhook calls` lists those there are."),
    "a clip that is not there": (["call", "nothere.wav"], {}, 2, "Check the name"),
    "keys that are none": (["call", "keys:12a"], {}, 2, "keys:2125550147"),
    "an unknown voice": (["call", "hello", "--voice", "x"], {}, 2, "kal16"),
    "a profession file that is not there": (["professions", "--check", "no.toml"], {}, 1, "Check the path."),
    "a business without its file": (["business"], {}, 2, "--example plumber"),
    "a business file that is not there": (["chat", "--business", "no.toml"], {}, 2, "Check the path."),
    "weights that are none": (["models", "pull", "nosuch"], {}, 2, "whisper-base.en"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_use_is_told_in_a_sentence_or_two(what: str, cache: Path, tmp_path: Path) -> None:
    arguments, env, code, remedy = WRONG[what]
    keeps = arguments[0] in {"serve", "chat", "call", "calls", "replay"}
    told = ran(cache, *arguments, *(["--data", str(tmp_path)] if keeps else []), **env)
    assert told.code == code
    assert remedy in " ".join(told.err.replace("│", " ").split())
    assert "Traceback" not in told.err
    assert told.out == ""


def test_settings_in_a_file_are_held_to_the_same(cache: Path, tmp_path: Path) -> None:
    for written, remedy in ((b"export OFFHOOK_STTT=x", "Did you mean OFFHOOK_STT?"), (b"A=\xff", "Mend the file")):
        (tmp_path / ".env").write_bytes(written)
        told = asyncio.run(offhook("calls", "--data", str(tmp_path), env=environment(cache), cwd=tmp_path))
        assert (told.code, told.out) == (2, "")
        assert remedy in told.err
        assert "Traceback" not in told.err


PARTS = {
    "OFFHOOK_STT=whisper": "offhook models pull whisper-base.en",
    "OFFHOOK_STT=deepgram": "DEEPGRAM_API_KEY",
    "OFFHOOK_TTS=kokoro": "offhook models pull kokoro",
    "OFFHOOK_LLM=openai": "OPENAI_API_KEY",
    "OFFHOOK_LLM=opnai": "Choose among: openai, scripted.",
    "OFFHOOK_TURN_MODEL=true": "offhook models pull smart-turn",
}


@pytest.mark.parametrize("setting", PARTS)
def test_the_doctor_finds_what_serving_would_refuse(setting: str, cache: Path, tmp_path: Path) -> None:
    name, _, value = setting.partition("=")
    told = ran(cache, "doctor", "--data", str(tmp_path), **{name: value, "COLUMNS": "200"})
    assert told.code == 1
    assert PARTS[setting] in told.out
    assert told.out.count(" wrong ") == 1


def test_a_folder_that_is_a_file_is_told(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    told = ran(cache, "calls", "--data", str(tmp_path / "file"))
    assert (told.code, told.out) == (1, "")
    assert "Choose another with --data." in told.err


def test_a_damaged_database_is_told(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "offhook.sqlite3").write_text("this is no database, whatever it is called")
    told = ran(cache, "chat", "--json", "--data", str(tmp_path))
    assert (told.code, told.out) == (1, "")
    assert "Put a backup in its place, or move it away to begin anew." in told.err


def test_a_busy_port_is_told_before_anything_starts(cache: Path, tmp_path: Path) -> None:
    port = free_port()
    script = f"import socket; s = socket.create_server(('127.0.0.1', {port})); print('x', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as taken:
        assert taken.stdout is not None
        taken.stdout.readline()
        told = ran(cache, "serve", "--port", str(port), "--data", str(tmp_path / "data"))
        taken.terminate()
    assert told.code == 1
    assert f"Port {port} on 127.0.0.1 is in use by another program." in told.err
    assert not (tmp_path / "data").exists()


def test_a_profession_file_with_an_error_is_told(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "trade.toml").write_text('name = "trade"\ntitle = = 3\n')
    told = ran(cache, "professions", "--check", str(tmp_path / "trade.toml"))
    assert told.code == 1
    assert "line 2" in told.err
    assert "Traceback" not in told.err


def test_chat_prints_what_was_said_and_what_came_of_it(cache: Path, tmp_path: Path) -> None:
    lines = (
        "i want to book a cleaning\nno first time\ntuesday at three\njohn smith\n2125550147\nyes\nno thank you bye\n"
    )
    told = ran(cache, "chat", "--json", "--now", "2026-11-23T10:00:00", "--data", str(tmp_path), stdin=lines)
    assert told.code == 0, told.err
    said = [json.loads(line) for line in told.out.splitlines()]
    assert [each["type"] for each in said[:2]] == ["reply", "reply"]
    end = said[-1]
    assert (end["type"], end["outcome"]) == ("end", "booked")
    assert end["appointments"][0]["start"] == "2026-11-24T15:00:00-05:00"
    assert [action["kind"] for action in end["actions"]] == ["book"]
    assert ran(cache, "replay", call_id(tmp_path), "--data", str(tmp_path)).code == 0


def test_a_business_is_set_up_changed_and_talked_to(cache: Path, tmp_path: Path) -> None:
    file, data = tmp_path / "mine.toml", ["--data", str(tmp_path / "data")]
    file.write_text(ran(cache, "business", "--example", "plumber").out)
    assert "answers at +15185550142, version 1." in ran(cache, "business", str(file), *data).out
    file.write_text(file.read_text().replace("Clearwater Plumbing", "Hudson Plumbing"))
    assert "Hudson Plumbing (mine) answers at +15185550142, version 2." in ran(cache, "business", str(file), *data).out
    assert "Hudson Plumbing" in ran(cache, "chat", "--business", str(file), *data).out
    (tmp_path / "other.toml").write_text(file.read_text())
    refused = ran(cache, "business", str(tmp_path / "other.toml"), *data)
    assert (refused.code, refused.out) == (1, "")
    assert "leads to another business" in refused.err


def test_chat_takes_any_bytes_and_writes_utf8_whatever_the_terminal_speaks(cache: Path, tmp_path: Path) -> None:
    lines = "take a message\nthe caf\u00e9 \udcff leaks\n\x00\njos\u00e9 smith\r\n2125550147\nyes\nbye\n"
    told = ran(cache, "chat", "--json", "--data", str(tmp_path), stdin=lines, PYTHONIOENCODING="ascii")
    assert (told.code, told.err) == (0, "")
    [message] = json.loads(told.out.splitlines()[-1])["messages"]
    assert message["text"] == "the caf\u00e9 \ufffd leaks"
    listed = ran(cache, "calls", "--json", "--data", str(tmp_path), PYTHONIOENCODING="ascii")
    assert json.loads(listed.out)["messages"] == [message]
    assert ran(cache, "calls", "--data", str(tmp_path), PYTHONIOENCODING="ascii").code == 0


def test_words_that_look_like_markup_are_words(cache: Path, tmp_path: Path) -> None:
    data = str(tmp_path / "[/]")
    lines = "take a message\nthe [/] tap [/bold] leaks\njohn smith\n2125550147\nyes\nbye\n"
    told = ran(cache, "chat", "--data", data, stdin=lines)
    assert told.code == 0
    assert "the [/] tap [/bold] leaks" in " ".join(told.out.split())
    assert "the [/] tap [/bold] leaks" in " ".join(told.err.split())
    replayed = ran(cache, "replay", call_id(Path(data)), "--data", data, COLUMNS="300")
    assert (replayed.code, replayed.err) == (0, "")
    assert "the [/] tap [/bold] leaks" in replayed.out
    assert data in ran(cache, "doctor", "--data", data, COLUMNS="300").out


def test_the_list_of_calls_reads_well_on_a_narrow_terminal_and_its_ids_can_be_replayed(
    cache: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        assert ran(cache, "chat", "--json", "--data", str(tmp_path), stdin="bye\n").code == 0
    ids = [json.loads(line)["id"] for line in ran(cache, "calls", "--json", "--data", str(tmp_path)).out.splitlines()]
    header, *rows = ran(cache, "calls", "--data", str(tmp_path), COLUMNS="80").out.splitlines()[:3]
    assert header.split() == ["call", "began", "(UTC)", "from", "outcome", "length", "gap"]
    assert all("abandoned" in row and "\N{HORIZONTAL ELLIPSIS}" not in row and len(row) <= 80 for row in rows)
    for call_id, row in zip(ids, rows, strict=True):
        named = row.split()[0]
        assert call_id.startswith(named)
        assert ran(cache, "replay", named, "--data", str(tmp_path)).code == 0
    both = ran(cache, "replay", "01", "--data", str(tmp_path))
    assert (both.code, "Several calls begin with '01'" in both.err) == (1, True)


def test_a_time_with_a_zone_is_that_time_at_the_business(cache: Path, tmp_path: Path) -> None:
    lines = "i want to book a cleaning tomorrow at three\nno\njohn smith\n2125550147\nyes\n"
    told = ran(cache, "chat", "--json", "--now", "2026-11-24T02:00:00Z", "--data", str(tmp_path), stdin=lines)
    [made] = json.loads(told.out.splitlines()[-1])["appointments"]
    assert made["start"] == "2026-11-24T15:00:00-05:00"  # it is Monday evening in New York


def test_control_c_ends_a_chat_at_once_and_its_call_properly(cache: Path, tmp_path: Path) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    arguments = [OFFHOOK, "chat", "--json", "--data", str(tmp_path)]
    with subprocess.Popen(arguments, env=environment(cache), **pipes) as process:  # type: ignore[call-overload]  # pipes
        assert b"Thank you" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read() == b""
    [call] = map(json.loads, ran(cache, "calls", "--json", "--data", str(tmp_path)).out.splitlines())
    assert (call["state"], call["outcome"]) == ("ended", "abandoned")


def test_a_long_chat_keeps_its_heartbeat() -> None:
    store = MemoryStore()
    call = SimpleNamespace(conversation=Began("Hello.", Patience(), Ways(), Form()).conversation())

    async def main() -> None:
        new = NewCall("c1", INSTALLATION, None, "chat", "", "")
        await store.open_call(new, process="p1", now=NOW)
        async with held(cast(Store, store), new, cast(RunningCall, call), "p1"):
            await asyncio.sleep(35.0)

    run(main())
    assert store.beats == 3
    assert store.summaries["c1"].outcome is Outcome.FAILED  # it never came to an end of its own


def test_a_reader_that_leaves_ends_the_command_quietly_and_the_call_properly(cache: Path, tmp_path: Path) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    for command in ("chat", "calls"):
        arguments = [OFFHOOK, command, "--json", "--data", str(tmp_path)]
        with subprocess.Popen(arguments, env=environment(cache), **pipes) as process:  # type: ignore[call-overload]  # pipes
            process.stdout.close()
            assert process.wait(60) == 1
            assert b"Traceback" not in process.stderr.read()
    [call] = map(json.loads, ran(cache, "calls", "--json", "--data", str(tmp_path)).out.splitlines())
    assert (call["state"], call["outcome"]) == ("ended", "abandoned")


def call_id(folder: Path) -> str:
    with sqlite3.connect(folder / "offhook.sqlite3") as database:
        [[found]] = database.execute("SELECT id FROM call").fetchall()
    database.close()
    return str(found)
