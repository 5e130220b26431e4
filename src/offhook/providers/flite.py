"""The built-in voice: CMU flite, a small program of its own; English only.

Source: `flite --help` of flite 2.2. A text is given by `-t`, for one that names a file would be read from it.
"""

import asyncio
import os
import shutil
import signal
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path

from offhook.audio.wav import Sound, UnreadableWav, parse_wav
from offhook.providers.clause_voice import ClauseVoice
from offhook.providers.errors import ProviderUnavailable, ProviderUnintelligible
from offhook.providers.tts import VoiceIdentity

_NAME = "flite"
_REMEDY = "Try it by hand: `flite -t hello`; or choose another voice."


def flite_is_installed() -> bool:
    """Whether the program is found on the path."""
    return shutil.which(_NAME) is not None


@asynccontextmanager
async def flite_voice(voice: str = "slt", *, at_once: int = 4, clause_s: float = 5.0) -> AsyncIterator[ClauseVoice]:
    """A `Voice` as long as the context lasts: `slt` (female), `rms` or `awb` (male), `kal16`.

    A clause that takes longer than `clause_s` fails.

    Raises:
        ProviderUnavailable: The program is not installed.
    """
    program = shutil.which(_NAME)
    if program is None:
        raise ProviderUnavailable(_NAME, "it is not installed", "Run `apt-get install flite`, or use the espeak voice.")
    with tempfile.TemporaryDirectory(prefix="offhook-flite-") as folder:
        speaking = _Program(program, voice, Path(folder), clause_s)
        async with ClauseVoice(VoiceIdentity(_NAME, voice), speaking.sound_of, at_once=at_once) as made:
            yield made


class _Program:
    """The program, run once for each clause."""

    def __init__(self, program: str, voice: str, folder: Path, clause_s: float) -> None:
        self._program = program
        self._voice = voice
        self._folder = folder
        self._clause_s = clause_s
        self._numbers = count(1)

    async def sound_of(self, text: str) -> Sound:
        """See `Synthesize`."""
        path = self._folder / f"{next(self._numbers)}.wav"
        try:
            await self._run("-voice", self._voice, "-t", text, "-o", str(path))
            return parse_wav(path.read_bytes(), name="what flite wrote")
        except TimeoutError as error:
            raise ProviderUnavailable(
                _NAME, f"no sound within {self._clause_s:g} s", "The machine is overloaded."
            ) from error
        except (OSError, ValueError) as error:  # ValueError: a zero byte in the text
            raise ProviderUnavailable(_NAME, f"no sound ({type(error).__name__})", _REMEDY) from error
        except UnreadableWav as error:
            raise ProviderUnintelligible(_NAME, "it wrote no WAV file", _REMEDY) from error
        finally:
            path.unlink(missing_ok=True)

    async def _run(self, *arguments: str) -> None:
        process = await asyncio.create_subprocess_exec(
            self._program, *arguments, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            async with asyncio.timeout(self._clause_s):
                await process.wait()
        except BaseException:  # the deadline, or the reply was cancelled
            await _kill(process)
            raise
        if process.returncode != 0:
            raise ProviderUnavailable(_NAME, f"it ended with exit code {process.returncode}", _REMEDY)


async def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    with suppress(TimeoutError):
        async with asyncio.timeout(1):
            await process.wait()
