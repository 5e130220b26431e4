"""What is made of an engine that speaks clauses: order, words counted as given, times that fit the sound."""

import asyncio
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio.wav import Sound
from offhook.providers.clause_voice import ClauseVoice, clause_of, word_ends
from offhook.providers.errors import ProviderUnavailable
from offhook.providers.tts import VoiceIdentity
from tests.providers.sinks import Mouth

IDENTITY = VoiceIdentity("tone", "beep")
texts = st.text(alphabet="ab.,! -1", max_size=30)


async def beep(text: str) -> Sound:
    """A tenth of a second of tone per letter, half a second of silence around it."""
    letters = sum(map(str.isalnum, text))
    tone = [round(9000 * math.sin(at)) for at in range(800 * letters)]
    return Sound(np.array([0] * 4000 + tone + [0] * 4000, "<i2").tobytes(), 8000)


def spoken(*given_texts: str) -> Mouth:
    async def call() -> Mouth:
        async with ClauseVoice(IDENTITY, beep) as voice:
            mouth = Mouth()
            speech = voice.open(mouth)
            for text in given_texts:
                speech.say(text)
            speech.end()
            await mouth.until(lambda: mouth.over)
            return mouth

    return asyncio.run(call())


@given(st.lists(st.text(alphabet="ab1 ", max_size=8), max_size=6))
def test_words_are_counted_as_they_are_split_in_all_text(pieces: list[str]) -> None:
    mouth = spoken(*pieces)
    assert mouth.is_finished
    assert len(mouth.ends) == len("".join(pieces).split())


@given(st.lists(texts, max_size=5))
def test_times_grow_and_stay_within_the_sound(pieces: list[str]) -> None:
    mouth = spoken(*(piece + " " for piece in pieces))
    assert mouth.ends == sorted(mouth.ends)
    assert len(mouth.ends) == len(" ".join(pieces).split())
    assert all(0 <= end <= len(mouth.samples) / 8000 + 1e-9 for end in mouth.ends)


@given(texts.filter(str.strip), st.floats(0.1, 20))
def test_the_last_word_ends_with_the_sound(text: str, seconds: float) -> None:
    ends = word_ends(text, seconds)
    assert len(ends) == len(text.split())
    assert math.isclose(ends[-1], seconds)


def test_longer_words_take_longer() -> None:
    one, two, three = word_ends("a appointment a", 3.0)
    assert two - one > 2 * one
    assert three - two < two - one


def test_silence_around_a_clause_is_cut() -> None:
    clause = clause_of("aaaaa", asyncio.run(beep("aaaaa")))
    assert 0.5 <= len(clause.mulaw) / 8000 <= 0.6
    assert 0.5 <= clause.ends_s[0] <= len(clause.mulaw) / 8000


def test_an_engine_that_gives_silence_has_failed() -> None:
    async def mute(_text: str) -> Sound:
        return Sound(bytes(16000), 8000)

    async def call() -> Mouth:
        async with ClauseVoice(IDENTITY, mute) as voice:
            mouth = Mouth()
            voice.open(mouth).say("secret. ")
            await mouth.until(lambda: mouth.over)
            return mouth

    (failure,) = asyncio.run(call()).failures
    assert type(failure) is ProviderUnavailable
    assert "secret" not in str(failure)


def test_a_dash_alone_needs_no_sound() -> None:
    mouth = spoken("ab ", "- ", "ab")
    assert mouth.is_finished
    assert len(mouth.ends) == 3


def test_clauses_come_in_order_whatever_they_take() -> None:
    async def slow_first(text: str) -> Sound:
        for _ in range(1000 if "a" in text else 1):
            await asyncio.sleep(0)
        return await beep(text)

    async def call() -> list[int]:
        async with ClauseVoice(IDENTITY, slow_first) as voice:
            mouth = Mouth()
            speech = voice.open(mouth)
            sizes: list[int] = []
            speech.say("aaaaaa. ")
            speech.say("b. ")
            speech.end()
            await mouth.until(lambda: bool(mouth.samples))
            sizes.append(len(mouth.samples))
            await mouth.until(lambda: mouth.over)
            return [*sizes, len(mouth.samples)]

    first, both = asyncio.run(call())
    assert first > 4800
    assert both > first
