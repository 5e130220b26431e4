"""Whole calls in real time, by telephone, by browser and by the demo, all at once: what is heard, shown and stored.

They run beside each other because each takes as long as the talk does, three quarters of a minute.
"""

import asyncio
import json
import os
import re
import shutil
import signal
import wave
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from tests.house.serving import (
    CALLER,
    NUMBER,
    OFFHOOK,
    Ran,
    Serving,
    a_process,
    environment,
    free_port,
    offhook,
    serving,
    until_live,
)
from tests.house.streams import SAYS, admitted, clip, streams_caller

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.needs("chromium", "flite")

PAUSES_S = (8.0, 4.9, 3.9, 3.9, 6.0, 12.5)
"""Before each of the caller's lines: as long as the agent speaks, and a little longer."""
LOUD = re.compile(r"[4-9]\d|100")
"""A meter that shows speech, in percent."""
WITH_CALLER_ID = ("book", "first_time", "tuesday", "name", "yes", "yes")
"""Who rings from a number is asked whether it is the right one."""
BOOKED = {"service": "teeth cleaning", "name": "John Smith", "phone": "+12125550174"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What four calls have left."""

    telephone: Mapping[str, Any]
    meanwhile: Mapping[str, Any]
    """The call by telephone while it went on."""
    browser: Mapping[str, Any]
    page: Mapping[str, Any]
    """What the page showed."""
    demo: Ran
    stayed: str
    """What a demo that stays up, and was interrupted at last, printed."""
    log: str


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seen(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Seen:
    """Four calls at once, each in a house of its own: all four ask for the same hour."""
    folder = tmp_path_factory.mktemp("calls")
    async with asyncio.TaskGroup() as calls:
        demo = calls.create_task(offhook("demo", "--once", "--data", str(folder / "demo"), env=environment(cache)))
        staying = calls.create_task(stays(folder / "stays", cache))
        rung = calls.create_task(by_telephone(folder / "rung", cache))
        shown = calls.create_task(by_browser(folder / "shown", cache))
    (meanwhile, telephone, log), (page, browser, other_log) = rung.result(), shown.result()
    return Seen(telephone, meanwhile, browser, page, demo.result(), staying.result(), log + other_log)


async def stays(data: Path, cache: Path) -> str:
    """`offhook demo` until its page is there, then Ctrl-C."""
    port = free_port()
    arguments = ("demo", "--port", str(port), "--data", str(data))
    async with a_process(OFFHOOK, *arguments, env=environment(cache), stdout=PIPE, stderr=STDOUT) as process:
        await until_live(f"http://127.0.0.1:{port}", process)
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/") as answer:
            assert '<button id="call"' in await answer.text()
        process.send_signal(signal.SIGINT)
        out, _ = await process.communicate()
        assert process.returncode == 0
    return out.decode()


async def by_telephone(data: Path, cache: Path) -> tuple[Mapping[str, Any], Mapping[str, Any], str]:
    """Book by telephone and hang up in the middle of the agent's thanks: the call half-way and in the end, the log."""
    async with serving(data, cache) as served:
        meanwhile = await ring(served)
        [call] = await served.calls()
        return meanwhile, call, served.log


async def ring(served: Serving) -> Mapping[str, Any]:
    token = await admitted(served, "CA1")
    async with streams_caller(served, *map(clip, WITH_CALLER_ID)) as caller, asyncio.TaskGroup() as both:
        calling = both.create_task(caller.calls("CA1", token))
        await caller.has_said(3)
        await caller.hears(caller.audible_s + 0.5)
        [meanwhile] = await served.calls()
        await caller.has_said(len(WITH_CALLER_ID))
        await caller.hears(caller.audible_s + 3.0)
        caller.line.leave()
        await calling
    return meanwhile


async def by_browser(data: Path, cache: Path) -> tuple[Mapping[str, Any], Mapping[str, Any], str]:
    """Book by the softphone page and press its button again: the page, the call, the log."""
    async with serving(data, cache) as served:
        page = await press_the_button(served, a_microphone(data.with_suffix(".wav")))
        [call] = await served.calls()
        return page, call, served.log


async def press_the_button(served: Serving, microphone: Path) -> Mapping[str, Any]:
    async with a_page(served, microphone) as page:
        await expect(page.locator("#engine")).to_contain_text("built-in recognizer")
        await page.click("#call")
        await expect(page.locator("#agent")).to_have_attribute("aria-valuenow", LOUD)
        await expect(page.locator("#transcript li.agent").first).to_contain_text("Thank you for calling")
        await expect(page.locator("#outcome")).to_contain_text("Teeth cleaning")  # while the call goes on
        await expect(page.locator("#diary li")).to_have_count(1)
        during = await page.locator("#status").text_content()
        await page.click("#call")
        await expect(page.locator("#outcome")).to_contain_text("Booked")
        return {
            "during": during,
            "diary": await page.locator("#diary li").all_text_contents(),
            "caller": await page.locator("#transcript li.caller span").all_text_contents(),
            "problem": await page.locator("#problem").text_content(),
        }


@asynccontextmanager
async def a_page(served: Serving, microphone: Path) -> AsyncIterator[Page]:
    """The softphone page in a browser with this microphone."""
    arguments = ["--autoplay-policy=no-user-gesture-required"] + ["--no-sandbox"] * (os.geteuid() == 0)
    arguments += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    arguments += [f"--use-file-for-fake-audio-capture={microphone}%noloop"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = await browser.new_page()
        page.set_default_timeout(90_000)
        expect.set_options(timeout=90_000)
        try:
            await page.goto(f"http://localhost:{served.port}/")
            yield page
        finally:
            await browser.close()


def a_microphone(path: Path) -> Path:
    """The caller's lines with pauses, as Chromium takes them for a microphone."""
    pieces = []
    for pause_s, name in zip(PAUSES_S, SAYS, strict=True):
        pcm = np.frombuffer(clip(name).pcm, "<i2")
        pieces += [np.zeros(round(pause_s * 8000), "<i2"), pcm]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(np.concatenate(pieces).tobytes())
    return path


def test_a_call_by_telephone_ends_in_a_booking(seen: Seen) -> None:
    call = seen.telephone
    assert (call["state"], call["outcome"], call["from"], call["to"]) == ("ended", "booked", CALLER, NUMBER)
    [made] = call["appointments"]
    assert {name: made[name] for name in BOOKED} == {**BOOKED, "phone": CALLER}
    assert all(turn["gap_ms"] > 0 and turn["pipeline_ms"] >= 0 and turn["stt_ms"] >= 0 for turn in call["turns"][1:])
    said = [words for who, words in call["transcript"] if who == "caller"]
    assert "cleaning" in said[0]  # to the word: tests/providers/test_caller_lines.py


def test_a_call_is_listed_while_it_goes_on(seen: Seen) -> None:
    assert (seen.meanwhile["state"], seen.meanwhile["outcome"]) == ("open", None)
    assert ["caller", "tuesday at three"] in seen.meanwhile["transcript"]
    assert seen.meanwhile["seconds"] > 5


def test_a_call_by_browser_ends_in_a_booking_on_its_page(seen: Seen) -> None:
    call, page = seen.browser, seen.page
    assert (call["state"], call["outcome"], call["to"]) == ("ended", "booked", NUMBER)
    [made] = call["appointments"]
    assert {name: made[name] for name in BOOKED} == BOOKED
    assert page["during"] == "Connected. Just talk."
    assert any("cleaning" in words for words in page["caller"])
    assert any("Teeth cleaning, John Smith" in entry for entry in page["diary"])
    assert page["problem"] == ""


def test_the_demo_prints_its_call_last(seen: Seen) -> None:
    assert seen.demo.code == 0, seen.demo.err
    told = json.loads(seen.demo.out.splitlines()[-1])
    assert list(told) == ["call", "outcome", "appointments", "messages", "gap_ms", "transcript"]
    assert told["outcome"] == "booked"
    assert {name: told["appointments"][0][name] for name in BOOKED} == BOOKED
    assert len(told["gap_ms"]) == sum(who == "caller" for who, _ in told["transcript"])
    assert "built-in recognizer" in seen.demo.err


def test_the_demo_stays_up_with_its_page_until_it_is_stopped(seen: Seen) -> None:
    assert "Now call yourself: http://127.0.0.1:" in seen.stayed
    assert "outcome booked" in seen.stayed
    assert "Traceback" not in seen.stayed


def test_nothing_that_was_said_is_in_the_log(seen: Seen) -> None:
    said = [words for call in (seen.telephone, seen.browser) for who, words in call["transcript"] if who == "caller"]
    assert said
    for words in said:
        assert words not in seen.log
    assert "Traceback" not in seen.log
