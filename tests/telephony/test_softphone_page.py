"""The softphone page in a real Chromium whose microphone is a WAV file, against an exchange that records.

The call itself is the business of other tests; here the page must bring sound both ways, show what it is told, and
say clearly what is wrong.
"""

import os
import re
import shutil
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.async_api import Page, async_playwright, expect

from offhook.audio import g711
from tests.telephony.house import House, Owner, open_house

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.needs("chromium")

TONE_HZ = 440
GREETING = g711.pcm_to_mulaw((np.sin(np.arange(8000) * 2 * np.pi * 600 / 8000) * 9000).astype("<i2").tobytes())
"""One second of a tone."""


def a_microphone(path: Path) -> Path:
    """A WAV (by its absolute path) of 3 s of a tone, as Chromium takes it for a microphone."""
    samples = (np.sin(np.arange(3 * 48000) * 2 * np.pi * TONE_HZ / 48000) * 9000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(samples.tobytes())
    return path


@asynccontextmanager
async def a_page(house: House, microphone: Path | None) -> AsyncIterator[Page]:
    """The page in a browser; without a microphone the browser refuses it."""
    arguments = ["--autoplay-policy=no-user-gesture-required"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    if microphone is not None:
        arguments += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
        arguments += [f"--use-file-for-fake-audio-capture={microphone}"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = await browser.new_page()
        page.set_default_timeout(20_000)
        expect.set_options(timeout=20_000)
        try:
            await page.goto(house.url.replace("127.0.0.1", "localhost") + "/")
            yield page
        finally:
            await browser.close()


def loudest_hz(mulaw: bytes) -> float:
    pcm = g711.MULAW_TO_FLOAT[np.frombuffer(mulaw, np.uint8)]
    return float(np.argmax(np.abs(np.fft.rfft(pcm))) * 8000 / len(pcm))


def more_than(percent: int) -> re.Pattern[str]:
    """What a meter says that stands above so many percent (under 100)."""
    return re.compile("^(" + "|".join(str(value) for value in range(percent + 1, 101)) + ")$")


def greets(owner: Owner) -> None:
    owner.line.show({"kind": "engine", "text": "built-in recognizer for trying offhook out"})
    owner.line.send(GREETING * 10)
    owner.line.show({"kind": "words", "who": "agent", "text": "Bright Smile Dental.", "turn": 1, "final": True})
    owner.line.show({"kind": "words", "who": "caller", "text": "I need", "turn": 2, "final": False})
    owner.line.show({"kind": "words", "who": "caller", "text": "I need a <b>cleaning</b>.", "turn": 2, "final": True})


@asynccontextmanager
async def a_call(folder: Path) -> AsyncIterator[tuple[House, Page, Owner]]:
    """A call that is going on, begun by the page's one button."""
    microphone = a_microphone(folder / "tone.wav")
    async with open_house() as house, a_page(house, microphone) as page:
        house.exchange.on_connect = greets
        await page.click("#call")
        yield house, page, await house.exchange.owner()
        assert house.faults == []


async def test_the_greeting_is_heard_and_the_microphone_reaches_the_call(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (_, page, owner):
        # Not `wait_for_function`: what it asks a second time is an eval, which the page's own policy refuses.
        await expect(page.locator("#agent")).to_have_attribute("aria-valuenow", more_than(50))  # on the audio thread
        await expect(page.locator("#you")).to_have_attribute("aria-valuenow", more_than(30))
        await owner.until(lambda: len(owner.audio) >= 24000)
        assert abs(loudest_hz(bytes(owner.audio[8000:24000])) - TONE_HZ) < 4


async def test_the_transcript_appears_as_it_is_said(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (_, page, _):
        words = page.locator("#transcript li span")
        await expect(words).to_have_text(["Bright Smile Dental.", "I need a <b>cleaning</b>."])
        await expect(page.locator("#engine")).to_contain_text("built-in recognizer for trying offhook out")


async def test_keys_are_pressed_by_pointer_and_by_keyboard(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (_, page, owner):
        await page.click("#keys")
        await page.get_by_role("button", name="5", exact=True).click()
        await page.keyboard.press("#")
        await owner.until(lambda: "key #" in owner.events)
        assert [event for event in owner.events if event.startswith("key")] == ["key 5", "key #"]


async def test_a_muted_caller_is_not_heard(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (_, page, owner):
        await page.click("#mute")
        await expect(page.locator("#mute")).to_have_attribute("aria-pressed", "true")
        told = len(owner.audio)
        await owner.until(lambda: len(owner.audio) >= told + 12000)
        muted = g711.MULAW_TO_FLOAT[np.frombuffer(bytes(owner.audio[-8000:]), np.uint8)]
        assert np.abs(muted).max() < 0.001


async def test_the_booking_is_shown_at_the_end(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (_, page, owner):
        owner.line.show({"kind": "appointment", "service": "cleaning", "start": "2026-11-24T10:00", "name": "Ada"})
        owner.line.show({"kind": "outcome", "outcome": "booked"})
        owner.line.show({"kind": "appointment", "service": "cleaning", "start": "2026-11-24T10:00", "name": "Ada"})
        owner.line.hang_up()
        await expect(page.locator("#status")).to_have_text("The agent has hung up.")
        await expect(page.locator("#outcome")).to_contain_text("Cleaning, Tuesday, November 24 at 10:00 AM, for Ada")
        await expect(page.locator("#outcome")).to_contain_text("Booked")
        await expect(page.locator("#call-word")).to_have_text("Call")
        await expect(page.locator("#diary li.new")).to_have_count(1)


async def test_the_caller_hangs_up_and_still_sees_the_outcome(tmp_path: Path) -> None:
    async with a_call(tmp_path) as (_, page, owner):
        await owner.until(lambda: bool(owner.audio))
        await page.click("#call")
        await owner.until(lambda: owner.ended)
        await expect(page.locator("#status")).to_have_text("You have hung up.")
        owner.line.show({"kind": "outcome", "outcome": "abandoned"})
        await expect(page.locator("#outcome")).to_contain_text("The caller hung up early")


async def test_the_page_says_who_answers_and_what_is_booked() -> None:
    async with open_house() as house, a_page(house, None) as page:
        await expect(page.locator("#business")).to_have_text("Bright Smile Dental")
        await expect(page.locator("#engine")).to_contain_text("built-in recognizer for trying offhook out")
        diary = page.locator("#diary li")
        await expect(diary).to_have_text(["Tuesday, November 24 at 10:00 AMCleaning, Ada Lovelace"])


async def test_a_refused_microphone_is_explained() -> None:
    async with open_house() as house, a_page(house, None) as page:
        await page.click("#call")
        await expect(page.locator("#problem")).to_contain_text("icrophone")
        await expect(page.locator("#call-word")).to_have_text("Call")
        assert house.exchange.owners == []


async def test_a_house_that_takes_no_calls_is_explained(tmp_path: Path) -> None:
    async with open_house() as house, a_page(house, a_microphone(tmp_path / "tone.wav")) as page:
        house.exchange.open = False
        await page.click("#call")
        await expect(page.locator("#problem")).to_have_text("All lines are busy. Please call again.")
