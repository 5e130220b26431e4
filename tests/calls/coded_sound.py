"""Speech that tests can read: each word is a tenth of a second of sound of its own, loud as a voice.

The word's number stands in the sound's bytes again and again, and silence closes it, so that a word which was cut short
or split in two is known as such.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from offhook.audio import g711

WORD = 800
"""Samples of a word, its closing silence included."""
SOUND = 640
GAP = WORD - SOUND
_FIRST = 0x10
_DIGITS = 40
_SIGN = 0x80

_numbers: dict[str, int] = {}
_words: list[str] = []


def mulaw_of(text: str) -> bytes:
    """The sound of `text`."""
    return b"".join(_sound(word) for word in text.split())


def pcm_of(text: str) -> bytes:
    """The same as 16-bit little-endian PCM."""
    return g711.mulaw_to_pcm(mulaw_of(text))


def _sound(word: str) -> bytes:
    if word not in _numbers:
        _numbers[word] = len(_words)
        _words.append(word)
    high, low = divmod(_numbers[word], _DIGITS)
    code = bytes([_FIRST + high, _FIRST + _DIGITS + low])
    period = code + bytes(byte | _SIGN for byte in code)
    return period * (SOUND // len(period)) + g711.SILENCE * GAP


@dataclass(frozen=True)
class HeardWord:
    """A word as an ear met it."""

    word: str
    at: int
    """Sample at which it began."""
    ends: int
    samples: int

    @property
    def whole(self) -> bool:
        """Whether nothing of it is missing; the fade of a voice that comes back is forgiven."""
        return self.samples >= SOUND - 2


def is_audible(mulaw: bytes) -> bool:
    """Whether there is any sound in it."""
    return bool(mulaw.strip(g711.SILENCE))


def words_in(mulaw: bytes) -> list[HeardWord]:
    """What is said in a recording; parts of one word that silence split are one word again.

    Up to a frame of it may be heard twice: a line that is told to clear has played on for so long.
    """
    heard: list[HeardWord] = []
    sounding = np.frombuffer(mulaw, np.uint8) != g711.SILENCE[0]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], sounding, [False])).astype(np.int8)))
    for begin, end in edges.reshape(-1, 2).tolist():
        piece = mulaw[begin:end]
        word = _word(piece)
        before = heard[-1] if heard else None
        if before is not None and before.word == word and before.samples + end - begin <= SOUND + g711.FRAME:
            heard[-1] = HeardWord(word, before.at, end, before.samples + end - begin)
        else:
            heard.append(HeardWord(word, begin, end, end - begin))
    return heard


def text_in(mulaw: bytes) -> str:
    """All words of a recording."""
    return " ".join(word.word for word in words_in(mulaw))


def _word(piece: bytes) -> str:
    plain = Counter(byte & ~_SIGN & 0xFF for byte in piece)
    high = max((byte for byte in plain if _FIRST <= byte < _FIRST + _DIGITS), key=plain.__getitem__, default=0)
    low = max((byte for byte in plain if byte >= _FIRST + _DIGITS), key=plain.__getitem__, default=0)
    number = (high - _FIRST) * _DIGITS + low - _FIRST - _DIGITS
    return _words[number] if 0 <= number < len(_words) else "?"
