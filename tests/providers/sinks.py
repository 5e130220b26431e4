"""Those who are told what a provider heard or spoke; a test waits for what it wants to see."""

import asyncio
from collections.abc import Callable

from offhook.conversation.events import Partial, Transcript
from offhook.providers.errors import ProviderError

PATIENCE_S = 60.0
"""How long a test waits before it calls a thing lost; never reached when all is well."""


class Watched:
    """Something a test waits for, until it shows what the test wants to see."""

    def __init__(self) -> None:
        self._news = asyncio.Event()

    def tell(self) -> None:
        self._news.set()

    async def until(self, seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not seen():
                self._news.clear()
                await self._news.wait()


class Ear(Watched):
    """A `HearingSink`."""

    def __init__(self) -> None:
        super().__init__()
        self.partials: list[str] = []
        self.transcripts: list[Transcript] = []
        self.failures: list[ProviderError] = []

    @property
    def text(self) -> str:
        return " ".join(final.text for final in self.transcripts if final.text)

    def heard(self, words: Partial | Transcript) -> None:
        assert not self.failures, "something was heard after the end"
        if isinstance(words, Partial):
            self.partials.append(words.text)
        else:
            self.transcripts.append(words)
        self.tell()

    def recognizer_failed(self, error: ProviderError) -> None:
        assert not self.failures, "told twice"
        self.failures.append(error)
        self.tell()


class Mouth(Watched):
    """A `SpeechSink`."""

    def __init__(self) -> None:
        super().__init__()
        self.samples = bytearray()
        self.ends: list[float] = []
        self.is_finished = False
        self.failures: list[ProviderError] = []
        self.is_cancelled = False
        """Set by the test when it cancels: nothing may follow."""

    @property
    def over(self) -> bool:
        return self.is_finished or bool(self.failures)

    def audio(self, samples: bytes) -> None:
        self._check()
        self.samples += samples

    def words_end_at(self, ends_s: tuple[float, ...]) -> None:
        self._check()
        self.ends += ends_s

    def finished(self) -> None:
        self._check()
        self.is_finished = True

    def voice_failed(self, error: ProviderError) -> None:
        self._check()
        self.failures.append(error)

    def _check(self) -> None:
        assert not self.over, "a reply that had ended spoke"
        assert not self.is_cancelled, "a cancelled reply spoke"
        self.tell()
