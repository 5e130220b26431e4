"""faster-whisper: what is kept of what it understood, and its real loading path with random weights."""

from dataclasses import dataclass
from math import exp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio.g711 import pcm_to_mulaw
from offhook.audio.wav import read_wav
from offhook.providers.errors import ProviderUnavailable, ProviderUnintelligible
from offhook.providers.whisper import Whisper, whisper_children, whisper_is_installed
from offhook.providers.whisper_child import Ear as ChildsEar
from offhook.providers.whisper_child import words_and_confidence
from tests.providers.sinks import Ear

DEMO = Path(__file__).parents[2] / "src" / "offhook" / "demo"
needs_whisper = pytest.mark.needs("faster-whisper")


@dataclass
class Understood:
    text: str
    start: float = 0.0
    end: float = 1.0
    avg_logprob: float = -0.2
    no_speech_prob: float = 0.01
    compression_ratio: float = 1.1


def test_words_are_joined_and_as_sure_as_their_parts() -> None:
    text, confidence = words_and_confidence([Understood(" Tuesday"), Understood(" at three.", end=3, avg_logprob=-0.6)])
    assert text == "Tuesday at three."
    assert confidence == pytest.approx(exp((-0.2 - 3 * 0.6) / 4))


@pytest.mark.parametrize(
    "made_up",
    [
        Understood(" Thanks for watching!", no_speech_prob=0.8),
        Understood(" You", no_speech_prob=0.4, avg_logprob=-1.4),
        Understood(" bye bye bye bye bye bye bye", compression_ratio=4.0),
    ],
)
def test_what_is_made_up_in_silence_is_dropped(made_up: Understood) -> None:
    assert words_and_confidence([made_up]) == ("", None)
    assert words_and_confidence([Understood(" Yes."), made_up])[0] == "Yes."


@given(st.lists(st.builds(Understood, text=st.sampled_from(["", " a", " b c "]), avg_logprob=st.floats(-20, 0))))
def test_confidence_is_a_probability_of_words(segments: list[Understood]) -> None:
    text, confidence = words_and_confidence(segments)
    assert (confidence is None) == (text == "")
    assert confidence is None or 0 <= confidence <= 1


def test_an_utterance_of_silence_is_not_even_shown_to_it() -> None:
    ear = ChildsEar()
    ear.begin()
    ear.hear(b"\xff" * 8000)
    assert ear.end() is None


def test_only_the_utterance_is_shown_to_it() -> None:
    ear = ChildsEar()
    speech = pcm_to_mulaw(read_wav(DEMO / "book.wav").pcm)
    ear.hear(speech)
    ear.begin()
    ear.hear(speech)
    samples = ear.end()
    assert samples is not None
    assert len(samples) == 2 * len(speech)
    assert ear.end() is None


async def test_missing_weights_or_package_are_told(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match="models pull" if whisper_is_installed() else "not installed"):
        async with whisper_children(tmp_path):
            pass


@needs_whisper
async def test_broken_weights_are_told_to_each_call(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"nothing of use")
    async with whisper_children(tmp_path) as kids:
        ear = Ear()
        await Whisper(kids, "broken").open(ear)
        await ear.until(lambda: bool(ear.failures))
    assert type(ear.failures[0]) is ProviderUnintelligible


@needs_whisper
async def test_random_weights_are_loaded_and_give_some_words_or_none(tmp_path: Path) -> None:
    from tests.providers.whisper_stand_in import write_weights

    async with whisper_children(write_weights(tmp_path)) as kids:
        recognizer = Whisper(kids, "random")
        assert recognizer.abilities.gives_confidence
        ear = Ear()
        hearing = await recognizer.open(ear)
        hearing.speech_started()
        hearing.hear(pcm_to_mulaw(read_wav(DEMO / "book.wav").pcm))
        hearing.finalize()
        hearing.finalize()
        await ear.until(lambda: len(ear.transcripts) == 2 or bool(ear.failures))
        assert not ear.failures
        assert ear.transcripts[1].text == ""
        hearing.close()
