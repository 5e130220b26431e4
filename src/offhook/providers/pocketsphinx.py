"""The built-in recognizer: pocketsphinx with a language model of what may be said in answer to the question asked.

Good within a script and worthless outside it, and it cannot tell which: for trying offhook, not for real calls.
Decoding runs in child processes (`pocketsphinx_child.py`), so that the event loop never waits for it.
"""

import asyncio
import importlib.util
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from offhook.conversation.form import Question
from offhook.providers.child_ear import ChildEar
from offhook.providers.children import Children
from offhook.providers.errors import ProviderUnavailable
from offhook.providers.narrowband import narrowband_model
from offhook.providers.stt import Hearing, HearingAbilities, HearingSink

_NAME = "pocketsphinx"
Sentences = Callable[[Question | None], Sequence[str]]
"""What a caller may say when this is asked: lower-case words without punctuation; at most some thousands."""


@asynccontextmanager
async def pocketsphinx_children(cache: Path, *, size: int = 2) -> AsyncIterator[Children]:
    """The processes that decode, for all agents; the acoustic model is made in `cache` at first use.

    Raises:
        ProviderError: pocketsphinx is not installed, the cache cannot be written or no process started.
    """
    wheel = _model_in_wheel()
    acoustic = await asyncio.to_thread(narrowband_model, wheel / "en-us", cache)
    with tempfile.TemporaryDirectory(prefix="offhook-language-") as folder:
        arguments = (str(acoustic), str(wheel / "cmudict-en-us.dict"), folder)
        async with Children(_NAME, "offhook.providers.pocketsphinx_child", arguments, size=size) as kids:
            yield kids


def _model_in_wheel() -> Path:
    wheel = importlib.util.find_spec("pocketsphinx")
    if wheel is None or wheel.origin is None:
        raise ProviderUnavailable(_NAME, "the package is not installed", "Run `make setup`.")
    return Path(wheel.origin).parent / "model" / "en-us"


class PocketSphinx:
    """A `Recognizer` for one agent, whose vocabulary it is given."""

    def __init__(self, kids: Children, sentences: Sentences) -> None:
        self._kids = kids
        self._sentences = sentences

    @property
    def abilities(self) -> HearingAbilities:
        """See `Recognizer.abilities`."""
        return HearingAbilities("pocketsphinx (built-in)", gives_confidence=False, finalizes=True)

    async def open(self, sink: HearingSink) -> Hearing:
        """See `Recognizer.open`."""
        ear = ChildEar(_NAME, self._expected_lines, sink)
        await ear.open_in(self._kids)
        return ear

    def _expected_lines(self, question: Question | None) -> bytes:
        """One sentence per line."""
        return "\n".join(self._sentences(question)).encode()
