"""The voice from the wheel: spoken in a process of its own, which alone holds the library."""

import os
import signal
from pathlib import Path

import pytest

from offhook.providers.clause_voice import ClauseVoice
from offhook.providers.errors import ProviderUnavailable
from offhook.providers.espeak import espeak_children, espeak_voice, phonemes_of
from tests.providers.sinks import Mouth

pytestmark = pytest.mark.needs("espeak-ng")


HELLO = "h\u0259l\u02c8o\u028a"


def libraries() -> list[str]:
    return Path("/proc/self/maps").read_text().splitlines()


async def spoken(voice: ClauseVoice, *texts: str) -> Mouth:
    mouth = Mouth()
    speech = voice.open(mouth)
    for text in texts:
        speech.say(text)
    speech.end()
    await mouth.until(lambda: mouth.over)
    return mouth


async def test_it_speaks() -> None:
    async with espeak_voice() as voice:
        mouth = await spoken(voice, "We are open ", "until six.")
    assert mouth.is_finished
    assert 0.7 < len(mouth.samples) / 8000 < 2.5
    assert len(mouth.ends) == 5


async def test_other_languages_are_spoken() -> None:
    async with espeak_voice("es") as voice:
        assert (await spoken(voice, "Buenos días, ¿en qué puedo ayudarle?")).is_finished


async def test_the_library_is_never_in_our_own_process() -> None:
    async with espeak_voice() as voice:
        await spoken(voice, "Hello.")
    assert not any("espeak" in line for line in libraries())


async def test_phonemes_are_told_for_other_voices() -> None:
    async with espeak_children() as kids:
        assert await phonemes_of("Hello, Is that right?", kids) == f"{HELLO} \u026az \u00f0\u00e6t \u0279\u02c8a\u026at"
        assert await phonemes_of("", kids) == ""
        assert await phonemes_of("a\0b", kids)


async def test_a_process_that_dies_fails_the_clause_and_the_next_is_spoken() -> None:
    async with espeak_children() as kids:
        os.kill(kids.pids[0], signal.SIGSTOP)
        os.kill(kids.pids[0], signal.SIGKILL)
        with pytest.raises(ProviderUnavailable):
            await phonemes_of("hello", kids)
        assert await phonemes_of("hello", kids) == HELLO


async def test_a_process_that_hangs_is_ended_and_the_next_clause_is_spoken() -> None:
    async with espeak_children() as kids:
        os.kill(kids.pids[0], signal.SIGSTOP)
        with pytest.raises(ProviderUnavailable, match="no answer within"):
            await kids.ask("i", b"hello", within_s=0.01)
        assert await phonemes_of("hello", kids) == HELLO


async def test_a_voice_that_does_not_exist_is_an_error() -> None:
    async with espeak_voice("no-such-voice") as voice:
        mouth = await spoken(voice, "Hello.")
    assert [type(failure) for failure in mouth.failures] == [ProviderUnavailable]
