"""A local recognizer for real calls: faster-whisper, with weights that the operator brings (`offhook models pull`).

It works by the utterance, in child processes (`whisper_child.py`). Extra `whisper`.
"""

import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from offhook.conversation.form import Question
from offhook.providers.child_ear import ChildEar
from offhook.providers.children import Children
from offhook.providers.errors import ProviderUnavailable
from offhook.providers.stt import Hearing, HearingAbilities, HearingSink

_NAME = "whisper"
_ANSWER_S = 60.0
"""The first utterance waits for the weights to be loaded."""


def whisper_is_installed() -> bool:
    """Whether the package is there; the weights are another matter (`models.py`)."""
    return importlib.util.find_spec("faster_whisper") is not None


@asynccontextmanager
async def whisper_children(weights: Path, *, language: str = "en", size: int = 1) -> AsyncIterator[Children]:
    """The processes that recognize, for all agents; `weights` is a folder in CTranslate2's format.

    Raises:
        ProviderUnavailable: The package or the weights are missing.
    """
    if not whisper_is_installed():
        raise ProviderUnavailable(_NAME, "faster-whisper is not installed", "Run `pip install 'offhook[whisper]'`.")
    if not (weights / "model.bin").is_file():
        raise ProviderUnavailable(_NAME, f"there are no weights in {weights}", "Run `offhook models pull`.")
    async with Children(_NAME, "offhook.providers.whisper_child", (str(weights), language), size=size) as kids:
        yield kids


class Whisper:
    """A `Recognizer`."""

    def __init__(self, kids: Children, weights_name: str) -> None:
        self._kids = kids
        self._weights_name = weights_name

    @property
    def abilities(self) -> HearingAbilities:
        """See `Recognizer.abilities`."""
        return HearingAbilities(f"faster-whisper/{self._weights_name}", gives_confidence=True, gives_partials=False)

    async def open(self, sink: HearingSink) -> Hearing:
        """See `Recognizer.open`."""
        ear = ChildEar(_NAME, _hints, sink, answer_s=_ANSWER_S)
        await ear.open_in(self._kids)
        return ear


def _hints(question: Question | None) -> bytes:
    """Words that are likelier than usual."""
    return b"" if question is None else ", ".join(question.choices).encode()
