"""What the house makes of killed processes, bad messages, odd sound and a lost voice."""

import asyncio
import json
import os
import signal
import sqlite3
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import pytest

from offhook.audio import g711
from offhook.telephony.media_socket import MOST_SKIPPED
from offhook.telephony.simulated import Clip, Keys
from tests.house.serving import Serving, offhook, serving
from tests.house.streams import admitted, clip, streams_caller
from tests.telephony.peers import STREAM, media_message, start_message

RECORD = {"kind", "severity", "room", "tenant", "call", "turn", "provider", "attempt", "done"}
POLICY_VIOLATION = 1008


async def test_a_killed_process_leaves_the_transcript_and_its_call_is_closed_later(tmp_path: Path, cache: Path) -> None:
    data = tmp_path / "data"
    async with serving(data, cache) as served, asyncio.TaskGroup() as both:
        token = await admitted(served, "CA1")
        async with streams_caller(served, clip("book")) as caller:
            calling = both.create_task(caller.calls("CA1", token))
            await caller.has_said(1)
            await caller.hears(caller.audible_s + 1.0)
            await served.ends(signal.SIGKILL)
            caller.line.leave()
            await calling
        [call] = await served.calls()
        assert (call["state"], call["outcome"]) == ("open", None)
        assert call["transcript"][1] == ["caller", "i would like to book a cleaning"]
        a_minute_passes(data)
        [call] = await served.calls()
        assert (call["state"], call["outcome"]) == ("interrupted", "interrupted")
        assert call["transcript"][1] == ["caller", "i would like to book a cleaning"]


def a_minute_passes(data: Path) -> None:
    """In the database: the process was last heard of, and took its calls, a minute earlier than it did."""
    database = sqlite3.connect(data / "offhook.sqlite3")
    with database:
        database.execute("UPDATE process SET heartbeat_at = datetime(heartbeat_at, '-61 seconds')")
        database.execute("UPDATE call SET claimed_at = datetime(claimed_at, '-61 seconds')")
    database.close()


async def test_a_call_ends_properly_when_the_process_is_asked_to_stop(tmp_path: Path, cache: Path) -> None:
    async with serving(tmp_path / "data", cache, "--drain", "1") as served, asyncio.TaskGroup() as both:
        token = await admitted(served, "CA1")
        async with streams_caller(served) as caller:
            calling = both.create_task(caller.calls("CA1", token))
            await caller.hears(1.5)
            assert await served.ends(signal.SIGTERM) == 0
            await calling
        [call] = await served.calls()
        assert (call["state"], call["outcome"]) == ("ended", "abandoned")
        assert call["transcript"][0][1].startswith("Thank you")
        assert "Traceback" not in served.log


HUM = (np.sin(np.arange(8000) * 2 * np.pi * 60 / 8000) * 300).astype("<i2").tobytes()
BAD_MESSAGES: dict[str, tuple[Any, str]] = {  # how a call ends that gets nothing else
    "no JSON": ("{", "malformed_flood"),
    "JSON of another kind": ("[1, 2]", "malformed_flood"),
    "audio that is no base64": (
        {"event": "media", "streamSid": STREAM, "media": {"payload": "?", "chunk": "1", "timestamp": "0"}},
        "malformed_flood",
    ),
    "bytes": (b"\x00\x01", "binary_message"),
}


async def test_bad_messages_and_odd_sound_end_one_call_properly_and_disturb_no_other(
    tmp_path: Path, cache: Path
) -> None:
    async with serving(tmp_path / "data", cache) as served:
        for number, (what, (message, kind)) in enumerate(BAD_MESSAGES.items()):
            assert await closed_by(served, f"CAbad{number}", message) == POLICY_VIOLATION, what
            assert faults(served)[-1]["kind"] == kind, what
        assert await wrong_codec(served) == POLICY_VIOLATION
        assert "wrong_codec" in [fault["kind"] for fault in faults(served)[-2:]]  # that the call is missed follows
        assert await not_utf8(served) in {1002, 1007, POLICY_VIOLATION}
        assert all(faults(served)[-1].keys() >= RECORD for _ in BAD_MESSAGES)

        async with asyncio.TaskGroup() as calls:
            calls.create_task(hung_up_at_once(served))
            calls.create_task(burst(served))
            calls.create_task(silent(served))
            calls.create_task(humming(served))
            keyed = calls.create_task(presses_keys(served))
        assert keyed.result() > 1.0
        calls_kept = await served.calls()
        assert {call["state"] for call in calls_kept} == {"ended", "rejected"}
        [refused] = [call for call in calls_kept if call["state"] == "rejected"]
        assert (refused["outcome"], refused["reason"]) == ("failed", "wrong_codec")
        assert "Traceback" not in served.log
        async with aiohttp.ClientSession() as http, http.get(f"{served.url}/health/live") as answer:
            assert answer.status == 200


def faults(served: Serving) -> list[dict[str, Any]]:
    """The structured errors of the log."""
    told = [json.loads(line) for line in served.log.splitlines() if line.startswith("{")]
    return [record for record in told if record["level"] in {"warning", "error", "critical"}]


async def closed_by(served: Serving, call_sid: str, message: Any) -> int | None:
    """Begin a call, send so many bad messages that nobody is left to talk to, and see how the socket is closed."""
    token = await admitted(served, call_sid)
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{served.url}/ws") as socket:
        await socket.send_json(start_message(call_sid, token))
        for _ in range(MOST_SKIPPED + 1):
            if isinstance(message, bytes):
                await socket.send_bytes(message)
            else:
                await socket.send_str(message if isinstance(message, str) else json.dumps(message))
        async for _ in socket:
            pass
        return socket.close_code


async def wrong_codec(served: Serving) -> int | None:
    token = await admitted(served, "CAcodec")
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{served.url}/ws") as socket:
        await socket.send_json(start_message("CAcodec", token, encoding="audio/x-l16", sampleRate=16000))
        async for _ in socket:
            pass
        return socket.close_code


async def not_utf8(served: Serving) -> int | None:
    token = await admitted(served, "CAutf8")
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{served.url}/ws") as socket:
        await socket.send_json(start_message("CAutf8", token))
        for _ in range(MOST_SKIPPED + 1):
            await socket.send_frame(b'{"event":"\xff\xfe"}', aiohttp.WSMsgType.TEXT)
        async for _ in socket:
            pass
        return socket.close_code


async def hung_up_at_once(served: Serving) -> None:
    token = await admitted(served, "CA1")
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{served.url}/ws") as socket:
        await socket.send_json(start_message("CA1", token))


async def burst(served: Serving) -> None:
    """Ten seconds of speech at once, then a gap, then silence."""
    token = await admitted(served, "CA2")
    speech = g711.pcm_to_mulaw(clip("book").pcm)
    async with streams_caller(served) as caller:
        await caller.socket.send_json(start_message("CA2", token))
        whole = (speech + g711.SILENCE * 80_000)[:80_000]
        for at in range(0, len(whole), 160):
            await caller.socket.send_json(media_message(whole[at : at + 160], chunk=at // 160 + 1, timestamp=at // 8))
        await caller.socket.send_json(media_message(g711.SILENCE * 160, chunk=900, timestamp=18_000))
        await caller.socket.send_json({"event": "stop", "streamSid": STREAM, "stop": {}})
        async for _ in caller.socket:
            pass


async def silent(served: Serving) -> None:
    """Nothing but silence: the agent asks whether anybody is there."""
    await listens(served, "CA3", 7.0, Clip(bytes(16000)))


async def humming(served: Serving) -> None:
    """A hum on the line holds nobody up."""
    await listens(served, "CA4", 7.0, *[Clip(HUM)] * 8)


async def listens(served: Serving, call_sid: str, seconds: float, *lines: Clip) -> None:
    token = await admitted(served, call_sid)
    async with streams_caller(served, *lines) as caller, asyncio.TaskGroup() as both:
        both.create_task(caller.calls(call_sid, token))
        await caller.hears(seconds)
        caller.line.leave()


async def presses_keys(served: Serving) -> float:
    """Keys, pressed into the greeting; how long the agent spoke after them."""
    token = await admitted(served, "CA5")
    async with streams_caller(served, Keys("2125550147#")) as caller, asyncio.TaskGroup() as both:
        both.create_task(caller.calls("CA5", token))
        await caller.has_said(1)
        before = caller.audible_s
        await caller.hears(before + 1.5)
        caller.line.leave()
    return caller.audible_s - before


@pytest.mark.needs("flite", "espeak-ng")  # without flite here it is missing in every test
async def test_without_flite_the_wheels_voice_speaks(tmp_path: Path, cache: Path) -> None:
    elsewhere = tmp_path / "bin"
    elsewhere.mkdir()
    env = {"PATH": str(elsewhere), "HOME": os.fspath(tmp_path)}
    async with serving(tmp_path / "data", cache, **env) as served:
        token = await admitted(served, "CA1")
        async with streams_caller(served) as caller, asyncio.TaskGroup() as both:
            both.create_task(caller.calls("CA1", token))
            await caller.hears(1.0)
            caller.line.leave()
        async with aiohttp.ClientSession() as http, http.get(f"{served.url}/softphone/about") as answer:
            assert "espeak" in (await answer.json())["engine"]
        told = await offhook("doctor", "--data", str(served.data), env=served.env)
        assert "voice: espeak" in told.out
