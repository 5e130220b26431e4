"""A voice made of an engine that speaks one clause at a time: keeps order, pauses and word times.

The engine gives the sound of a text; here it is brought to the telephone's rate, the silence around it is cut to what
a speaker would leave, and the ends of its words are estimated by their length.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from offhook.audio.g711 import RATE_HZ, SILENCE, pcm_to_mulaw
from offhook.audio.resample import resampled
from offhook.audio.wav import Sound
from offhook.providers.errors import ProviderError, ProviderUnavailable
from offhook.providers.tts import Speech, SpeechSink, VoiceIdentity

Synthesize = Callable[[str], Awaitable[Sound]]
"""The sound of a text; raises ProviderError, and stops at once when cancelled."""

_FRAME = 80
"""Samples (10 ms) that are judged together for silence."""
_QUIET = 100.0
"""Root mean square below which a frame is silence: -50 dBFS."""
_LEAD_FRAMES, _TAIL_FRAMES = 3, 6
"""Frames of silence that are kept before the first sound and after the last: soft consonants."""
_SENTENCE_PAUSE_S = 0.35
_CLAUSE_PAUSE_S = 0.15
_ENDS_SENTENCE = (".", "!", "?")
_ENDS_CLAUSE = (",", ";", ":", "-", *_ENDS_SENTENCE)


class ClauseVoice:
    """A `Voice`. An async context manager, which owns what is being spoken."""

    def __init__(self, identity: VoiceIdentity, synthesize: Synthesize, *, at_once: int = 4) -> None:
        """`at_once`: how many clauses are made at the same time, for all calls together."""
        self._identity = identity
        self._synthesize = synthesize
        self._tasks = asyncio.TaskGroup()
        self._speaking: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(at_once)

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(self, *_error: object) -> None:
        for task in self._speaking:
            task.cancel()
        await self._tasks.__aexit__(None, None, None)

    @property
    def identity(self) -> VoiceIdentity:
        """See `Voice.identity`."""
        return self._identity

    def open(self, sink: SpeechSink) -> Speech:
        """See `Voice.open`."""
        speech = _Reply(self._identity.provider, self._made, sink)
        task = self._tasks.create_task(speech.run(), name=f"{self._identity.provider} speaks")
        speech.stop = task.cancel
        self._speaking.add(task)
        task.add_done_callback(self._speaking.discard)
        return speech

    async def _made(self, text: str) -> "Clause":
        async with self._turns:
            sound = await self._synthesize(text)
            return await asyncio.to_thread(clause_of, text, sound)


class _Reply:
    """A `Speech`."""

    def __init__(self, provider: str, made: Callable[[str], Awaitable["Clause"]], sink: SpeechSink) -> None:
        self._provider = provider
        self._made = made
        self._sink = sink
        self._texts: asyncio.Queue[str | None] = asyncio.Queue()
        self._held = ""
        """Text that may end within a word."""
        self._spoken_s = 0.0
        self._pause_s = 0.0
        self._ended = False
        self.stop: Callable[[], object] = lambda: None

    def say(self, text: str) -> None:
        """See `Speech.say`."""
        if not self._ended:
            if self._held and text[:1].isspace():
                self._let_go()
            self._held += text
            if text[-1:].isspace() or text.endswith(_ENDS_CLAUSE):
                self._let_go()

    def end(self) -> None:
        """See `Speech.end`."""
        if not self._ended:
            self._let_go()
            self._ended = True
            self._texts.put_nowait(None)

    def cancel(self) -> None:
        """See `Speech.cancel`."""
        self._ended = True
        self.stop()

    def _let_go(self) -> None:
        if self._held.strip():
            self._texts.put_nowait(self._held.strip())
        self._held = ""

    async def run(self) -> None:
        """Speak what is given until there is no more, the engine fails or the reply is cancelled."""
        try:
            while (text := await self._texts.get()) is not None:
                self._deliver(text, await self._made(text))
        except ProviderError as error:
            self._sink.voice_failed(error)
        else:
            self._sink.finished()

    def _deliver(self, text: str, clause: "Clause") -> None:
        if not clause.mulaw and any(map(str.isalnum, text)):
            remedy = "Check that this voice reads the agent's language."
            raise ProviderUnavailable(self._provider, "the engine gave silence", remedy)
        pause = SILENCE * round(self._pause_s * RATE_HZ) if clause.mulaw else b""
        start_s = self._spoken_s + len(pause) / RATE_HZ
        self._spoken_s = start_s + len(clause.mulaw) / RATE_HZ
        if clause.mulaw:
            self._sink.audio(pause + clause.mulaw)
            self._pause_s = _pause_after(text)
        self._sink.words_end_at(tuple(start_s + end for end in clause.ends_s))


def _pause_after(text: str) -> float:
    if text.endswith(_ENDS_SENTENCE):
        return _SENTENCE_PAUSE_S
    return _CLAUSE_PAUSE_S if text.endswith(_ENDS_CLAUSE) else 0.0


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as it is heard."""

    mulaw: bytes
    """Silence before and after is cut; empty if there is nothing else."""
    ends_s: tuple[float, ...]
    """One per word."""


def clause_of(text: str, sound: Sound) -> Clause:
    """The sound of `text` as the telephone carries it. Takes some milliseconds."""
    pcm = np.frombuffer(resampled(sound.pcm, sound.rate_hz, RATE_HZ), "<i2")
    pcm = np.pad(pcm, (0, -len(pcm) % _FRAME))
    loud = np.flatnonzero(np.sqrt(np.mean(pcm.reshape(-1, _FRAME).astype(np.float64) ** 2, axis=1)) > _QUIET)
    if not len(loud):
        return Clause(b"", tuple(0.0 for _ in text.split()))
    first, last = max(0, int(loud[0]) - _LEAD_FRAMES), int(loud[-1]) + 1
    heard = pcm[first * _FRAME : (last + _TAIL_FRAMES) * _FRAME]
    ends = word_ends(text, (last - first) * _FRAME / RATE_HZ)
    return Clause(pcm_to_mulaw(heard.tobytes()), ends)


def word_ends(text: str, seconds: float) -> tuple[float, ...]:
    """When each word ends, if they fill this time: by letters, with a breath after a comma or a full stop."""
    ends, before = [], 0.0
    lengths = [(_length(word), _breath(word)) for word in text.split()]
    breaths = [breath for _, breath in lengths[:-1]] + [0.0]
    total = sum(length for length, _ in lengths) + sum(breaths) or 1.0
    for (length, _), breath in zip(lengths, breaths, strict=True):
        ends.append(seconds * (before + length) / total)
        before += length + breath
    return tuple(ends)


def _length(word: str) -> float:
    """In letters; a figure is said as a word of its own."""
    return sum(4.0 if sign.isdigit() else 1.0 for sign in word if sign.isalnum()) + 0.5


def _breath(word: str) -> float:
    if word.endswith(_ENDS_SENTENCE):
        return 5.0
    return 2.5 if word.endswith(_ENDS_CLAUSE) else 0.0
