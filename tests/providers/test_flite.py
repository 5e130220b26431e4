"""The built-in voice: a program of its own, whose failures are told and whose processes end with the reply."""

import asyncio
import math
import os
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest

from offhook.audio.g711 import mulaw_to_pcm
from offhook.providers.clause_voice import ClauseVoice
from offhook.providers.errors import ProviderUnavailable, ProviderUnintelligible
from offhook.providers.flite import flite_voice
from tests.providers.sinks import Mouth

pytestmark = pytest.mark.needs("flite")


@pytest.fixture
async def voice() -> AsyncIterator[ClauseVoice]:
    async with flite_voice("slt") as made:
        yield made


async def spoken(voice: ClauseVoice, *texts: str) -> Mouth:
    mouth = Mouth()
    speech = voice.open(mouth)
    for text in texts:
        speech.say(text)
    speech.end()
    await mouth.until(lambda: mouth.over)
    return mouth


def level(samples: bytes) -> float:
    return math.sqrt(float(np.mean(np.frombuffer(mulaw_to_pcm(samples), "<i2").astype(np.float64) ** 2)))


async def test_speech_begins_at_once_and_ends_with_the_sound(voice: ClauseVoice) -> None:
    mouth = await spoken(voice, "We are open until six.")
    sound = bytes(mouth.samples)
    assert level(sound[:800]) > 50
    assert level(sound[-1200:]) > 50
    assert level(sound) > 500
    assert 0.9 < mouth.ends[-1] / (len(sound) / 8000) <= 1


async def test_a_file_of_that_name_is_not_read_out(
    voice: ClauseVoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    alone = await spoken(voice, "hello")
    (tmp_path / "hello").write_text("This is a long text that nobody wants to hear read out on the telephone.")
    assert (await spoken(voice, "hello")).samples == alone.samples


async def test_sentences_have_a_pause_between_them(voice: ClauseVoice) -> None:
    together = await spoken(voice, "Hello. ", "Goodbye.")
    apart = [await spoken(voice, text) for text in ("Hello. ", "Goodbye.")]
    assert len(together.samples) - sum(len(each.samples) for each in apart) == 2800


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a program of the test's own in flite's place."""

    def put(script: str) -> None:
        program = tmp_path / "flite"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    return put


async def test_a_cancelled_reply_leaves_no_process(install: Callable[[str], None], tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    install(f"exec 3> {alive}; echo ready >&3; exec sleep 1000")
    mouth = Mouth()
    async with flite_voice() as voice:
        speech = voice.open(mouth)
        speech.say("We could see you at ten. ")
        with await asyncio.to_thread(alive.open) as pipe:
            assert await asyncio.to_thread(pipe.readline) == "ready\n"
            speech.cancel()
            mouth.is_cancelled = True
            assert await asyncio.to_thread(pipe.read) == ""  # it is over when nobody can write any more


async def test_a_program_that_hangs_is_given_up(install: Callable[[str], None]) -> None:
    install("exec sleep 1000")
    async with flite_voice(clause_s=0.1) as voice:
        mouth = await spoken(voice, "secret words")
    assert [type(failure) for failure in mouth.failures] == [ProviderUnavailable]


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("exit 3", ProviderUnavailable),
        ("exit 0", ProviderUnavailable),
        ('while [ "$1" != -o ]; do shift; done; echo noise > "$2"', ProviderUnintelligible),
    ],
)
async def test_a_program_that_misbehaves_is_told_without_the_words(
    script: str, error: type[Exception], install: Callable[[str], None]
) -> None:
    install(script)
    async with flite_voice() as voice:
        mouth = await spoken(voice, "secret words")
    assert [type(failure) for failure in mouth.failures] == [error]
    assert "secret" not in str(mouth.failures[0])


async def test_where_it_is_missing_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ProviderUnavailable, match="apt-get install flite"):
        async with flite_voice():
            pass
