"""The voice for where flite is missing: espeak-ng from the `espeakng-loader` wheel (GPL-3, extra `espeak`).

The library is loaded in a child process only (`espeak_child.py` documents the frames); its phonemes also serve Kokoro.
"""

import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from offhook.audio.wav import Sound, UnreadableWav, parse_wav
from offhook.providers.children import Children
from offhook.providers.clause_voice import ClauseVoice
from offhook.providers.errors import ProviderUnavailable, ProviderUnintelligible
from offhook.providers.tts import VoiceIdentity

_NAME = "espeak"
_CLAUSE_S = 5.0


def espeak_is_installed() -> bool:
    """Whether the wheel with the library is there."""
    return _folder() is not None


def _folder() -> Path | None:
    wheel = importlib.util.find_spec("espeakng_loader")
    return None if wheel is None or wheel.origin is None else Path(wheel.origin).parent


def espeak_children(voice: str = "en-us", *, size: int = 1) -> Children:
    """The processes that hold espeak-ng, to be entered.

    Raises:
        ProviderUnavailable: The wheel is not installed.
    """
    folder = _folder()
    if folder is None:
        remedy = "Install it with `pip install 'offhook[espeak]'` (GPL-3), or install flite."
        raise ProviderUnavailable(_NAME, "espeak-ng is not installed", remedy)
    library, data = folder / "libespeak-ng.so", folder / "espeak-ng-data"
    return Children(_NAME, "offhook.providers.espeak_child", (str(library), str(data), voice), size=size)


async def phonemes_of(text: str, kids: Children) -> str:
    """A text's phonemes in the International Phonetic Alphabet; raises ProviderError."""
    return (await kids.ask("i", _clean(text), within_s=_CLAUSE_S)).decode()


@asynccontextmanager
async def espeak_voice(voice: str = "en-us", *, size: int = 1) -> AsyncIterator[ClauseVoice]:
    """A `Voice` as long as the context lasts, in any language of espeak-ng's: "en-us", "en-us+f3", "es".

    Raises:
        ProviderUnavailable: The wheel is not installed, or the process does not start.
    """
    async with espeak_children(voice, size=size) as kids:

        async def sound_of(text: str) -> Sound:
            spoken = await kids.ask("s", _clean(text), within_s=_CLAUSE_S)
            try:
                return parse_wav(spoken, name="what espeak-ng spoke")
            except UnreadableWav as error:
                raise ProviderUnintelligible(_NAME, "it gave no sound", "Reinstall the wheel.") from error

        async with ClauseVoice(VoiceIdentity(_NAME, voice), sound_of, at_once=size) as made:
            yield made


def _clean(text: str) -> bytes:
    """Text without zero bytes, at which C would stop."""
    return text.replace("\0", " ").encode(errors="replace")
