"""The process that holds espeak-ng: `python -m offhook.providers.espeak_child LIBRARY DATA VOICE`.

espeak-ng is under the GPL and keeps global state: it is loaded here and nowhere else, and speaks over pipes.

| frame | from | payload |
|---|---|---|
| `s` | parent | a text to speak |
| `i` | parent | a text to tell the phonemes of |
| `w` | child | the sound, a WAV file |
| `p` | child | the phonemes, in the International Phonetic Alphabet |

Source: espeak-ng's `speak_lib.h`.
"""

import ctypes
import signal
import sys

from offhook.audio.wav import wav_of
from offhook.providers.frames import REFUSED, Frame, answer, received

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_IPA = 2
_RATE = 1
_WORDS_PER_MINUTE = 165

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """The library, with one voice."""

    def __init__(self, library: str, data: str, voice: str) -> None:
        self._library = ctypes.CDLL(library)
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._samples = bytearray()
        self._callback = _Callback(self._take)  # kept, for the library does not
        self._rate_hz = self._library.espeak_Initialize(_SYNCHRONOUS, 60, data.encode(), _DO_NOT_EXIT)
        if self._rate_hz <= 0 or self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise OSError(f"espeak-ng has no voice {voice}")
        self._library.espeak_SetParameter(_RATE, _WORDS_PER_MINUTE, 0)
        self._library.espeak_SetSynthCallback(self._callback)

    def spoken(self, text: str) -> bytes:
        """A WAV file of the text."""
        self._samples.clear()
        content = text.encode() + b"\0"
        self._library.espeak_Synth(content, ctypes.c_size_t(len(content)), 0, 0, 0, _UTF8, None, None)
        return wav_of(bytes(self._samples), self._rate_hz)

    def phonemes(self, text: str) -> str:
        """The text's phonemes, clause by clause."""
        rest = ctypes.c_char_p(text.encode())
        clauses: list[str] = []
        while rest.value is not None:
            clause: bytes | None = self._library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA)
            clauses.append((clause or b"").decode())
        return " ".join(filter(None, clauses))

    def _take(self, samples: int | None, count: int, _events: int | None) -> int:
        if samples is not None and count > 0:
            self._samples += ctypes.string_at(samples, 2 * count)
        return 0


def serve(espeak: Espeak) -> None:
    """Answer frames until the parent is gone."""
    for frame in received():
        text = frame.payload.decode()
        match frame.kind:
            case "s":
                answer(Frame("w", frame.client, espeak.spoken(text)))
            case "i":
                answer(Frame("p", frame.client, espeak.phonemes(text).encode()))
            case _:
                answer(Frame(REFUSED, frame.client, b"it was asked something unknown"))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    try:
        serve(Espeak(*sys.argv[1:4]))
    except OSError as error:
        sys.exit(f"{error}. Choose a voice that `espeak-ng --voices` lists, or reinstall the wheel.")
