"""A local voice for real calls: Kokoro, with weights that the operator brings (`offhook models pull kokoro`).

Phonemes come from an espeak-ng child (GPL-3, extra `kokoro`), sound from ONNX Runtime in a child of its own
(`kokoro_child.py`). Kokoro wants the punctuation that espeak-ng swallows, so texts are phonemized piece by piece.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from offhook.audio.wav import Sound, UnreadableWav, parse_wav
from offhook.providers.children import Children
from offhook.providers.clause_voice import ClauseVoice
from offhook.providers.errors import ProviderUnavailable, ProviderUnintelligible
from offhook.providers.espeak import espeak_children, phonemes_of
from offhook.providers.tts import VoiceIdentity

MODEL, VOICES, CONFIG = "kokoro.onnx", "voices.bin", "config.json"
"""The files of the weights: the network, an npz of voices, and the numbers of the phonemes."""

_NAME = "kokoro"
_CLAUSE_S = 30.0
"""The first clause waits for the weights to be loaded."""
_PIECE = re.compile(r"([^,.;:!?]*)([,.;:!?]*)")


@asynccontextmanager
async def kokoro_voice(
    weights: Path, voice: str = "af_heart", *, speed: float = 1.0, threads: int = 2
) -> AsyncIterator[ClauseVoice]:
    """A `Voice` as long as the context lasts. American English; the weights are those of `models.py`.

    Raises:
        ProviderUnavailable: The weights or espeak-ng are missing.
    """
    files = [weights / name for name in (MODEL, VOICES, CONFIG)]
    missing = [path.name for path in files if not path.is_file()]
    if missing:
        problem = f"{', '.join(missing)} missing in {weights}"
        raise ProviderUnavailable(_NAME, problem, "Run `offhook models pull kokoro`.")
    arguments = (*map(str, files), str(threads))
    async with espeak_children() as speakers, Children(_NAME, "offhook.providers.kokoro_child", arguments) as kids:

        async def sound_of(text: str) -> Sound:
            told = {"phonemes": await phonemes_with_marks(text, speakers), "voice": voice, "speed": speed}
            spoken = await kids.ask("k", json.dumps(told).encode(), within_s=_CLAUSE_S)
            try:
                return await asyncio.to_thread(parse_wav, spoken, name="what Kokoro spoke")
            except UnreadableWav as error:
                raise ProviderUnintelligible(_NAME, "it gave no sound", "Pull its weights again.") from error

        async with ClauseVoice(VoiceIdentity(_NAME, voice, f"speed={speed:g}"), sound_of, at_once=1) as made:
            yield made


async def phonemes_with_marks(text: str, speakers: Children) -> str:
    """A text's phonemes, with its punctuation where it was; raises ProviderError."""
    pieces: list[str] = []
    for words, marks in _PIECE.findall(text):
        phonemes = await phonemes_of(words, speakers) if words.strip() else ""
        pieces.append(phonemes + marks[:1])
    return " ".join(filter(None, pieces))
