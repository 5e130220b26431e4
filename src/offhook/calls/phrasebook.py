"""The few sentences an agent says in every call, ready as sound: greeting, prompts, fillers, apology."""

import asyncio
from collections.abc import Callable

import structlog

from offhook.audio.phrases import Phrase, PhraseCache, PhraseKey
from offhook.conversation.speech_text import speech_text
from offhook.conversation.wording import PHRASES
from offhook.providers.errors import ProviderError
from offhook.providers.tts import Voice

log = structlog.get_logger("offhook.calls")

MAKING_S = 10.0
"""How long a voice may take for one phrase ahead of time."""


class Phrasebook:
    """The phrases of one agent, by its voice.

    Args:
        cache: Where the sound is kept, for all agents.
        voice: Who speaks.
        greeting: The agent's own; the others are the conversation's.
        seconds: Seconds since the epoch.
    """

    def __init__(self, cache: PhraseCache, voice: Voice, greeting: str, seconds: Callable[[], float]) -> None:
        self._cache = cache
        self._voice = voice
        self._texts = (greeting, *PHRASES)
        self._seconds = seconds

    def recall(self, text: str) -> Phrase | None:
        """The phrase as sound, if it is one of ours and ready."""
        text = text.strip()
        return self._cache.recall(self._key(text), now=self._seconds()) if text in self._texts else None

    async def prepare(self) -> None:
        """Have every phrase ready: from disk, or spoken now. A voice that fails is asked again in the call itself."""
        for text in self._texts:
            now = self._seconds()
            if await asyncio.to_thread(self._cache.get, self._key(text), now=now) is not None:
                continue
            try:
                async with asyncio.timeout(MAKING_S):
                    phrase = await spoken(self._voice, text)
            except (ProviderError, TimeoutError) as failure:
                log.warning("phrase_not_ready", problem=str(failure) or "the voice took too long")
                continue
            await asyncio.to_thread(self._cache.put, self._key(text), phrase, now=now)

    def _key(self, text: str) -> PhraseKey:
        identity = self._voice.identity
        return PhraseKey(identity.provider, identity.voice, identity.settings, text)


async def spoken(voice: Voice, text: str) -> Phrase:
    """`text` by `voice`, whole; raises ProviderError."""
    sink = _Whole()
    speech = voice.open(sink)
    try:
        speech.say(speech_text(text).text)
        speech.end()
        await sink.done.wait()
    finally:
        speech.cancel()
    if sink.problem is not None:
        raise sink.problem
    return Phrase(bytes(sink.sound), tuple(sink.ends))


class _Whole:
    """A sink that keeps everything."""

    def __init__(self) -> None:
        self.sound = bytearray()
        self.ends: list[float] = []
        self.problem: ProviderError | None = None
        self.done = asyncio.Event()

    def audio(self, samples: bytes) -> None:
        self.sound += samples

    def words_end_at(self, ends_s: tuple[float, ...]) -> None:
        self.ends += ends_s

    def finished(self) -> None:
        self.done.set()

    def voice_failed(self, error: ProviderError) -> None:
        self.problem = error
        self.done.set()
