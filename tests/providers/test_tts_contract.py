"""What every voice must do, whatever the vendor. To add one: a row in VENDORS."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from offhook.providers.cartesia import Cartesia, CartesiaSettings
from offhook.providers.errors import ProviderRejected, ProviderUnavailable
from offhook.providers.espeak import espeak_voice
from offhook.providers.flite import flite_voice
from offhook.providers.kokoro import kokoro_voice
from offhook.providers.tts import Voice
from tests.providers.kit import Vendors
from tests.providers.kokoro_stand_in import VOICE, write_weights
from tests.providers.sinks import Mouth

CLAUSES = ("Good morning, ", "we can see you ", "at ten.")
WORDS = 8


@dataclass(frozen=True)
class Bench:
    voice: Voice
    fault: Callable[..., None] | None = None
    """`fault(kind, status=..., count=...)`, kinds of the kit: http_error, hang, close. None: it has no wire."""


@asynccontextmanager
async def cartesia() -> AsyncIterator[Bench]:
    async with Vendors().listening() as vendors:
        url = f"ws://{vendors.host}/tts/websocket"
        settings = CartesiaSettings(api_key="k", voice="v", url=url, connect_s=60.0, first_sound_s=1.0)
        async with Cartesia(settings) as voice:
            yield Bench(voice, lambda kind, **more: vendors.fault("tts", kind, **more))


@asynccontextmanager
async def flite() -> AsyncIterator[Bench]:
    async with flite_voice() as voice:
        yield Bench(voice)


@asynccontextmanager
async def espeak() -> AsyncIterator[Bench]:
    async with espeak_voice() as voice:
        yield Bench(voice)


@asynccontextmanager
async def kokoro() -> AsyncIterator[Bench]:
    with TemporaryDirectory() as folder:
        async with kokoro_voice(write_weights(Path(folder)), VOICE) as voice:
            yield Bench(voice)


Vendor = Callable[[], AbstractAsyncContextManager[Bench]]
VENDORS: dict[str, Vendor] = {"cartesia": cartesia, "flite": flite, "espeak": espeak, "kokoro": kokoro}
NEEDS = {"flite": "flite", "espeak": "espeak-ng", "kokoro": "espeak-ng"}
WITH_A_WIRE = ["cartesia"]


@pytest.fixture(
    params=[pytest.param(name, marks=[pytest.mark.needs(NEEDS[name])] if name in NEEDS else []) for name in VENDORS]
)
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    async with VENDORS[request.param]() as made:
        yield made


@pytest.fixture(params=WITH_A_WIRE)
async def wired(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    async with VENDORS[request.param]() as made:
        yield made


async def spoken(voice: Voice, *clauses: str) -> Mouth:
    mouth = Mouth()
    speech = voice.open(mouth)
    for clause in clauses:
        speech.say(clause)
    speech.end()
    await mouth.until(lambda: mouth.over)
    return mouth


def is_sound(samples: bytes) -> bool:
    """Whether it is mu-law of something: it varies, and is not all as loud as can be."""
    return len(set(samples)) > 16


async def test_all_that_was_said_is_spoken(bench: Bench) -> None:
    mouth = await spoken(bench.voice, *CLAUSES)
    assert mouth.is_finished
    assert not mouth.failures
    assert len(mouth.samples) > 4000
    assert is_sound(bytes(mouth.samples))


async def test_every_word_ends_within_the_sound_and_in_order(bench: Bench) -> None:
    mouth = await spoken(bench.voice, *CLAUSES)
    assert len(mouth.ends) == WORDS
    assert mouth.ends == sorted(mouth.ends)
    assert mouth.ends[0] > 0.0
    assert mouth.ends[-1] <= len(mouth.samples) / 8000 + 0.1


async def test_longer_words_take_longer(bench: Bench) -> None:
    short = await spoken(bench.voice, "At ten.")
    long = await spoken(bench.voice, "We could see you at a quarter past ten on Tuesday morning.")
    assert len(long.samples) > 2 * len(short.samples)


async def test_nothing_to_say_is_finished_at_once(bench: Bench) -> None:
    mouth = await spoken(bench.voice, " ", "")
    assert mouth.is_finished
    assert not mouth.samples


async def test_two_replies_do_not_mix(bench: Bench) -> None:
    alone = await spoken(bench.voice, "At ten.")
    first, second = Mouth(), Mouth()
    one, other = bench.voice.open(first), bench.voice.open(second)
    one.say("At ten.")
    other.say("At a quarter past ten on Tuesday morning.")
    one.end()
    other.end()
    await first.until(lambda: first.over)
    await second.until(lambda: second.over)
    assert len(first.samples) == len(alone.samples)
    assert len(first.ends) == 2
    assert len(second.ends) == 8


async def test_a_cancelled_reply_is_silent_from_then_on(bench: Bench) -> None:
    mouth = Mouth()
    speech = bench.voice.open(mouth)
    speech.say("We could see you at a quarter past ten on Tuesday morning, if that suits you. ")
    speech.end()
    await mouth.until(lambda: bool(mouth.samples))
    was_over = mouth.over  # a voice that makes a whole clause at once may have been
    speech.cancel()
    mouth.is_cancelled = True
    assert (await spoken(bench.voice, "At ten.")).is_finished
    speech.say("More.")
    speech.end()
    speech.cancel()
    assert mouth.over == was_over


async def test_a_reply_cancelled_before_its_first_sound_is_never_heard(bench: Bench) -> None:
    mouth = Mouth()
    speech = bench.voice.open(mouth)
    speech.say("At ten.")
    speech.cancel()
    mouth.is_cancelled = True
    assert (await spoken(bench.voice, "At ten.")).is_finished


async def test_cancelling_what_has_finished_is_harmless(bench: Bench) -> None:
    mouth = Mouth()
    speech = bench.voice.open(mouth)
    speech.say("At ten.")
    speech.end()
    await mouth.until(lambda: mouth.over)
    speech.cancel()
    speech.end()
    assert mouth.is_finished


async def test_a_voice_has_an_identity(bench: Bench) -> None:
    assert bench.voice.identity.provider
    assert bench.voice.identity.voice


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [
        ("http_error", 503, ProviderUnavailable),
        ("http_error", 429, ProviderUnavailable),
        ("http_error", 401, ProviderRejected),
        ("close", 0, ProviderUnavailable),
        ("hang", 0, ProviderUnavailable),
    ],
)
@pytest.mark.parametrize("warm", [False, True])
async def test_a_fault_is_told_once_and_the_next_reply_is_spoken(
    wired: Bench, kind: str, status: int, error: type[Exception], warm: bool
) -> None:
    assert wired.fault is not None
    if warm:
        await spoken(wired.voice, "At ten.")
    wired.fault(kind, status=status)
    mouth = await spoken(wired.voice, *CLAUSES)
    assert [type(failure) for failure in mouth.failures] == [error]
    assert "morning" not in str(mouth.failures[0])
    assert (await spoken(wired.voice, "At ten.")).is_finished


async def test_leaving_the_voice_ends_what_is_being_spoken(bench: Bench) -> None:
    mouth = Mouth()
    speech = bench.voice.open(mouth)
    speech.say("We could see you at a quarter past ten. ")
    bench.voice.open(Mouth())
    await asyncio.sleep(0)
    # the fixture leaves the voice now: a task or a socket that outlived it would fail the run
