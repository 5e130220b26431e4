"""What every recognizer must do, whatever the vendor. To add one: a row in VENDORS."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from offhook.audio.wav import read_telephone
from offhook.conversation.form import Question, QuestionKind
from offhook.providers.deepgram import Deepgram, DeepgramSettings
from offhook.providers.errors import ProviderRejected, ProviderUnavailable
from offhook.providers.pocketsphinx import PocketSphinx, pocketsphinx_children
from offhook.providers.stt import Hearing, Recognizer
from tests.providers.kit import LOUD, SILENCE, Vendors
from tests.providers.sinks import Ear

DEMO = Path(__file__).parents[2] / "src" / "offhook" / "demo"


@dataclass(frozen=True)
class Bench:
    recognizer: Recognizer
    speech: bytes
    """Mu-law, with silence around it."""
    word: str
    """One that is in it."""
    fault: Callable[..., None] | None = None
    """`fault(kind, status=..., count=...)`, kinds of the kit: http_error, hang, close. None: it has no wire."""


@asynccontextmanager
async def deepgram() -> AsyncIterator[Bench]:
    async with Vendors().listening() as vendors:
        settings = DeepgramSettings(api_key="k", url=f"ws://{vendors.host}", connect_s=60.0, final_s=0.2)
        async with Deepgram(settings) as recognizer:
            speech = SILENCE * 10 + LOUD * 60 + SILENCE * 5
            yield Bench(recognizer, speech, "case", lambda kind, **more: vendors.fault("stt", kind, **more))


@asynccontextmanager
async def pocketsphinx() -> AsyncIterator[Bench]:
    with TemporaryDirectory() as cache:
        async with pocketsphinx_children(Path(cache), size=1) as kids:
            recognizer = PocketSphinx(kids, lambda _: ["i would like to book a cleaning", "yes please", "goodbye"])
            yield Bench(recognizer, read_telephone(DEMO / "book.wav"), "cleaning")


Vendor = Callable[[], AbstractAsyncContextManager[Bench]]
VENDORS: dict[str, Vendor] = {"deepgram": deepgram, "pocketsphinx": pocketsphinx}
WITH_A_WIRE = ["deepgram"]


@pytest.fixture(params=VENDORS)
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    async with VENDORS[request.param]() as made:
        yield made


@pytest.fixture(params=WITH_A_WIRE)
async def wired(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    async with VENDORS[request.param]() as made:
        yield made


def feed(hearing: Hearing, audio: bytes) -> None:
    for start in range(0, len(audio), 160):
        hearing.hear(audio[start : start + 160])


def say(hearing: Hearing, audio: bytes) -> None:
    hearing.speech_started()
    feed(hearing, audio)


async def heard_out(hearing: Hearing, ear: Ear, audio: bytes) -> None:
    """Say it and wait for its final words: a partial that comes first would let the next line fall into this one."""

    def finals() -> int:
        return sum(bool(final.text) for final in ear.transcripts)

    before = finals()
    say(hearing, audio)
    hearing.finalize()
    await ear.until(lambda: finals() > before)


async def test_words_said_before_the_connection_stands_are_heard(bench: Bench) -> None:
    ear = Ear()
    hearing = await bench.recognizer.open(ear)
    say(hearing, bench.speech)
    hearing.finalize()
    await ear.until(lambda: bool(ear.text))
    assert bench.word in ear.text.lower()
    hearing.close()


async def test_finalize_after_silence_is_answered_once_with_nothing(bench: Bench) -> None:
    ear = Ear()
    hearing = await bench.recognizer.open(ear)
    feed(hearing, SILENCE * 25)
    hearing.finalize()
    await ear.until(lambda: bool(ear.transcripts))
    assert [final.text for final in ear.transcripts] == [""]
    assert ear.transcripts[0].confidence is None
    hearing.close()


async def test_two_utterances_are_two_transcripts(bench: Bench) -> None:
    ear = Ear()
    hearing = await bench.recognizer.open(ear)
    await heard_out(hearing, ear, bench.speech)
    await heard_out(hearing, ear, bench.speech)
    assert ear.text.lower().count(bench.word) >= 2
    hearing.close()


async def test_no_callback_follows_close(bench: Bench) -> None:
    closed, other = Ear(), Ear()
    hearing = await bench.recognizer.open(closed)
    say(hearing, bench.speech)
    hearing.finalize()
    hearing.close()
    before = (list(closed.partials), list(closed.transcripts))
    hearing.hear(SILENCE)
    hearing.finalize()
    hearing.close()
    witness = await bench.recognizer.open(other)
    say(witness, bench.speech)
    witness.finalize()
    await other.until(lambda: bool(other.text))
    assert (closed.partials, closed.transcripts) == before
    assert not closed.failures
    witness.close()


async def test_a_question_may_be_told_at_any_time(bench: Bench) -> None:
    ear = Ear()
    hearing = await bench.recognizer.open(ear)
    hearing.expect(Question("service", QuestionKind.CHOICE, choices=("case", "cleaning")))
    say(hearing, bench.speech)
    hearing.finalize()
    await ear.until(lambda: bool(ear.text))
    hearing.expect(None)
    hearing.close()
    hearing.expect(None)


async def test_empty_audio_is_harmless(bench: Bench) -> None:
    ear = Ear()
    hearing = await bench.recognizer.open(ear)
    hearing.hear(b"")
    say(hearing, bench.speech)
    hearing.hear(b"")
    hearing.finalize()
    await ear.until(lambda: bool(ear.text))
    hearing.close()


async def test_two_callers_hear_only_themselves(bench: Bench) -> None:
    loud, quiet = Ear(), Ear()
    talker, listener = await bench.recognizer.open(loud), await bench.recognizer.open(quiet)
    say(talker, bench.speech)
    feed(listener, SILENCE * 20)
    talker.finalize()
    listener.finalize()
    await loud.until(lambda: bool(loud.text))
    await quiet.until(lambda: bool(quiet.transcripts))
    assert quiet.text == ""
    talker.close()
    listener.close()


@pytest.mark.parametrize(("status", "error"), [(503, ProviderUnavailable), (429, ProviderUnavailable)])
async def test_a_vendor_that_stays_down_is_reported_once(wired: Bench, status: int, error: type[Exception]) -> None:
    assert wired.fault is not None
    wired.fault("http_error", status=status, count=None)
    ear = Ear()
    hearing = await wired.recognizer.open(ear)
    say(hearing, wired.speech)
    await ear.until(lambda: bool(ear.failures))
    assert type(ear.failures[0]) is error
    assert f"HTTP {status}" in str(ear.failures[0])
    hearing.hear(SILENCE)
    hearing.close()


async def test_a_refused_key_is_not_tried_again(wired: Bench) -> None:
    assert wired.fault is not None
    wired.fault("http_error", status=401, count=1)
    ear = Ear()
    await wired.recognizer.open(ear)
    await ear.until(lambda: bool(ear.failures))
    assert type(ear.failures[0]) is ProviderRejected


@pytest.mark.parametrize("kind", ["http_error", "close", "hang"])
async def test_one_fault_loses_no_word(wired: Bench, kind: str) -> None:
    assert wired.fault is not None
    wired.fault(kind, count=1)
    ear = Ear()
    hearing = await wired.recognizer.open(ear)
    say(hearing, wired.speech)
    if kind == "hang":
        await ear.until(lambda: bool(ear.partials))
    hearing.finalize()
    await ear.until(lambda: bool(ear.text) or bool(ear.failures))
    assert not ear.failures
    assert ear.text.split().count(wired.word) == 1
    hearing.close()


async def test_who_takes_over_from_what_is_not_settled_hears_the_whole_utterance(bench: Bench) -> None:
    first, second = Ear(), Ear()
    failing = await bench.recognizer.open(first)
    feed(failing, SILENCE * 100)
    await heard_out(failing, first, bench.speech)
    begun = len(SILENCE * 100 + bench.speech)
    said = SILENCE * 100 + bench.speech + SILENCE * 100 + bench.speech
    feed(failing, SILENCE * 100)
    say(failing, bench.speech[:-4000])
    settled = failing.settled
    assert begun <= settled <= len(said) - len(bench.speech), "settled is what was answered, not what is being said"
    failing.close()
    taking_over = await bench.recognizer.open(second)
    taking_over.speech_started()
    taking_over.hear(said[settled:])
    taking_over.finalize()
    await second.until(lambda: bool(second.text))
    assert bench.word in second.text.lower()
    taking_over.close()


async def test_leaving_the_recognizer_ends_all_hearings(bench: Bench) -> None:
    ear = Ear()
    for _ in range(3):
        await bench.recognizer.open(ear)
    # the fixture leaves the recognizer now: a task, a socket or a callback that outlived it would fail the run
