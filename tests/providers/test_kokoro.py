"""Kokoro's whole path with stand-in weights: files, phonemes, network, sound. It says nothing of how she sounds."""

from pathlib import Path

import pytest

from offhook.audio.wav import parse_wav
from offhook.providers.clause_voice import ClauseVoice
from offhook.providers.errors import ProviderUnavailable, ProviderUnintelligible
from offhook.providers.espeak import espeak_children
from offhook.providers.kokoro import kokoro_voice, phonemes_with_marks
from offhook.providers.kokoro_child import Kokoro, UnknownVoice
from tests.providers.kokoro_stand_in import PHONEME_SAMPLES, VOICE, write_weights
from tests.providers.sinks import Mouth

needs_espeak = pytest.mark.needs("espeak-ng")


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return write_weights(tmp_path / "kokoro")


def loaded(weights: Path) -> Kokoro:
    return Kokoro(*(weights / name for name in ("kokoro.onnx", "voices.bin", "config.json")), threads=1)


async def spoken(voice: ClauseVoice, text: str) -> Mouth:
    mouth = Mouth()
    speech = voice.open(mouth)
    speech.say(text)
    speech.end()
    await mouth.until(lambda: mouth.over)
    return mouth


@needs_espeak
async def test_stand_in_weights_speak(weights: Path) -> None:
    async with kokoro_voice(weights, VOICE) as voice:
        mouth = await spoken(voice, "Hello. ")
        longer = await spoken(voice, "Hello, how can I help you today? ")
    assert mouth.is_finished
    assert len(mouth.ends) == 1
    assert len(longer.samples) > 2 * len(mouth.samples) > 4000
    assert len(longer.ends) == 7


@needs_espeak
async def test_a_voice_the_weights_lack(weights: Path) -> None:
    async with kokoro_voice(weights, "nobody") as voice:
        mouth = await spoken(voice, "Hello.")
    assert [type(failure) for failure in mouth.failures] == [ProviderUnintelligible]


async def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match=r"voices\.bin.*offhook models pull kokoro"):
        async with kokoro_voice(tmp_path):
            pass


@needs_espeak
async def test_punctuation_stays_where_it_was() -> None:
    async with espeak_children() as speakers:
        told = await phonemes_with_marks("Yes, at ten. Right?", speakers)
    assert [sign for sign in told if sign in ",.?"] == [",", ".", "?"]
    assert told.endswith("?")


def test_every_phoneme_is_a_tenth_of_a_second(weights: Path) -> None:
    sound = parse_wav(loaded(weights).spoken("abc\U0001f600", VOICE, 1.0), name="it")
    assert sound.rate_hz == 24000
    assert len(sound.pcm) // 2 == (3 + 2) * PHONEME_SAMPLES


def test_more_phonemes_than_the_network_takes_are_given_in_pieces(weights: Path) -> None:
    sound = parse_wav(loaded(weights).spoken("ab" * 300, VOICE, 1.0), name="it")
    assert len(sound.pcm) // 2 == (600 + 4) * PHONEME_SAMPLES


def test_an_unknown_voice_is_refused(weights: Path) -> None:
    with pytest.raises(UnknownVoice):
        loaded(weights).spoken("a", "nobody", 1.0)


def test_nothing_to_say_is_no_sound(weights: Path) -> None:
    assert parse_wav(loaded(weights).spoken("", VOICE, 1.0), name="it").pcm == b""
