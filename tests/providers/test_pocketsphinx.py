"""The built-in recognizer: hears what its question lets it expect, in processes that may die."""

import os
import signal
import tomllib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from offhook.audio.g711 import pcm_to_mulaw
from offhook.audio.wav import read_wav
from offhook.conversation.form import Question, QuestionKind
from offhook.providers.children import Children
from offhook.providers.errors import ProviderUnavailable
from offhook.providers.pocketsphinx import PocketSphinx, pocketsphinx_children
from offhook.providers.stt import Hearing
from tests.providers.sinks import Ear

DEMO = Path(__file__).parents[2] / "src" / "offhook" / "demo"
WORDS = {name: line["words"] for name, line in tomllib.loads((DEMO / "lines.toml").read_text()).items()}
WHEN = Question("start", QuestionKind.DAY_AND_TIME)
SILENCE = b"\xff" * 160


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture
async def kids(cache: Path) -> AsyncIterator[Children]:
    async with pocketsphinx_children(cache, size=2) as running:
        yield running


def sentences(question: Question | None) -> Sequence[str]:
    if question is None:
        return [WORDS["book"], WORDS["goodbye"], "i would like to book a flossify", "yes", "no"]
    return [WORDS["tuesday"], "thursday at two", "any time works", "yes", "no"]


def line(name: str) -> bytes:
    return pcm_to_mulaw(read_wav(DEMO / f"{name}.wav").pcm)


def speak(hearing: Hearing, audio: bytes) -> None:
    """What voice activity would do: notice speech 200 ms after the line went live."""
    for at in range(0, len(audio), 160):
        if at == 1600:
            hearing.speech_started()
        hearing.hear(audio[at : at + 160])


async def heard(hearing: Hearing, ear: Ear, audio: bytes) -> str:
    known = len(ear.transcripts)
    speak(hearing, audio)
    hearing.finalize()
    await ear.until(lambda: len(ear.transcripts) > known or bool(ear.failures))
    return ear.transcripts[-1].text


async def said_something(ear: Ear) -> None:
    await ear.until(lambda: bool(ear.transcripts))


async def test_the_language_model_follows_the_question(kids: Children) -> None:
    ear = Ear()
    hearing = await PocketSphinx(kids, sentences).open(ear)
    assert await heard(hearing, ear, line("book")) == WORDS["book"]
    hearing.expect(WHEN)
    assert await heard(hearing, ear, line("tuesday")) == WORDS["tuesday"]
    assert await heard(hearing, ear, line("book")) != WORDS["book"]
    hearing.expect(None)
    assert await heard(hearing, ear, line("book")) == WORDS["book"]
    hearing.close()


async def test_words_come_while_the_caller_speaks(kids: Children) -> None:
    ear = Ear()
    hearing = await PocketSphinx(kids, sentences).open(ear)
    speak(hearing, line("book"))
    await ear.until(lambda: len(ear.partials) >= 2)
    assert ear.transcripts == []
    assert ear.partials[0].split()[0] == "i"
    assert all(a != b for a, b in zip(ear.partials, ear.partials[1:], strict=False))
    hearing.close()


async def test_each_finalize_is_answered_once(kids: Children) -> None:
    ear = Ear()
    hearing = await PocketSphinx(kids, sentences).open(ear)
    hearing.finalize()
    speak(hearing, line("book"))
    hearing.finalize()
    hearing.finalize()
    assert await heard(hearing, ear, line("goodbye")) in {"", WORDS["goodbye"]}
    await ear.until(lambda: len(ear.transcripts) == 4)
    assert [said.text for said in ear.transcripts] == ["", WORDS["book"], "", WORDS["goodbye"]]
    assert all(said.confidence is None for said in ear.transcripts)
    hearing.close()


async def test_speech_that_comes_back_at_once_is_the_same_utterance(kids: Children) -> None:
    """Voice activity loses a soft syllable for a moment, and the words are asked for too early."""
    ear = Ear()
    hearing = await PocketSphinx(kids, sentences).open(ear)
    hearing.expect(WHEN)
    speech = line("tuesday")
    half = len(speech) // 320 * 160
    hearing.speech_started()
    for at in range(0, len(speech), 160):
        if at == half:
            hearing.finalize()
        if at == half + 320:
            hearing.speech_started()
        hearing.hear(speech[at : at + 160])
    hearing.finalize()
    await ear.until(lambda: bool(ear.transcripts))
    assert [said.text for said in ear.transcripts] == [WORDS["tuesday"]]
    hearing.close()


async def test_what_is_heard_between_utterances_is_not_recognized(kids: Children) -> None:
    ear = Ear()
    hearing = await PocketSphinx(kids, sentences).open(ear)
    for at in range(0, len(line("book")), 160):
        hearing.hear(line("book")[at : at + 160])
    for _ in range(20):
        hearing.hear(SILENCE)
    assert await heard(hearing, ear, line("goodbye")) == WORDS["goodbye"]
    hearing.close()


async def test_the_beginning_before_voice_activity_noticed_is_kept(kids: Children) -> None:
    ear = Ear()
    hearing = await PocketSphinx(kids, sentences).open(ear)
    speech = line("book")
    hearing.hear(speech[:2400])
    hearing.speech_started()
    hearing.hear(speech[2400:])
    hearing.finalize()
    await ear.until(lambda: bool(ear.transcripts))
    assert ear.transcripts[0].text == WORDS["book"]
    hearing.close()


async def test_an_endless_utterance_is_given_in_parts(kids: Children) -> None:
    ear = Ear()
    hearing = await PocketSphinx(kids, sentences).open(ear)
    hearing.speech_started()
    hearing.hear(line("book"))
    for _ in range(31 * 50):
        hearing.hear(SILENCE)
    await ear.until(lambda: bool(ear.transcripts))
    assert ear.transcripts[0].text == WORDS["book"]
    hearing.close()


async def test_calls_do_not_hear_each_other(kids: Children) -> None:
    ears = [Ear() for _ in range(4)]
    recognizer = PocketSphinx(kids, sentences)
    hearings = [await recognizer.open(ear) for ear in ears]
    said = ["book", "goodbye", "yes", "book"]
    audio = [line(name) for name in said]
    for hearing in hearings:
        hearing.speech_started()
    for at in range(0, max(map(len, audio)), 160):
        for hearing, sound in zip(hearings, audio, strict=True):
            hearing.hear(sound[at : at + 160])
    for hearing in hearings:
        hearing.finalize()
    for ear, name in zip(ears, said, strict=True):
        await said_something(ear)
        assert ear.text == WORDS[name]


async def test_a_process_that_dies_fails_its_own_calls_only(kids: Children) -> None:
    ears = [Ear(), Ear()]
    recognizer = PocketSphinx(kids, sentences)
    hearings = [await recognizer.open(ear) for ear in ears]
    hearings[0].finalize()
    os.kill(kids.pids[0], signal.SIGKILL)
    await ears[0].until(lambda: bool(ears[0].failures))
    assert type(ears[0].failures[0]) is ProviderUnavailable
    assert await heard(hearings[1], ears[1], line("book")) == WORDS["book"]
    hearings[0].hear(SILENCE)
    hearings[0].finalize()
    hearings[0].close()


async def test_a_process_that_dies_is_replaced(cache: Path) -> None:
    async with pocketsphinx_children(cache, size=1) as kids:
        recognizer = PocketSphinx(kids, sentences)
        first, second = Ear(), Ear()
        await recognizer.open(first)
        before = kids.pids
        os.kill(before[0], signal.SIGKILL)
        await first.until(lambda: bool(first.failures))
        again = await recognizer.open(second)
        assert await heard(again, second, line("book")) == WORDS["book"]
        assert kids.pids != before
        again.close()


async def test_no_process_outlives_the_context(cache: Path) -> None:
    async with pocketsphinx_children(cache, size=2) as kids:
        await PocketSphinx(kids, sentences).open(Ear())
        pids = kids.pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


async def test_nothing_to_expect_is_nothing_heard(kids: Children) -> None:
    ear = Ear()
    hearing = await PocketSphinx(kids, lambda _: ()).open(ear)
    assert await heard(hearing, ear, line("book")) == ""
    hearing.close()
