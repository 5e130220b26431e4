"""G.711: mu-law and A-law to 16-bit little-endian PCM and back.

A call's audio inside offhook is mu-law, 8 kHz, mono, so 20 ms are 160 bytes. The work is done by `audioop` (in the
standard library up to Python 3.12, `audioop-lts` from 3.13); where there is neither, by the tables.
"""

import importlib
import warnings
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from offhook.audio import g711_tables

RATE_HZ = 8000
"""Samples, and bytes of mu-law, per second of a call's audio."""
FRAME = 160
"""Bytes of 20 ms, the telephone's frame."""
SILENCE = b"\xff"
"""The mu-law byte of the value 0."""
MULAW_TO_FLOAT: npt.NDArray[np.float32] = g711_tables.MULAW_VALUES.astype(np.float32) * np.float32(1 / 32768)
"""float32[256]: each mu-law byte as -1 to 1; `take` of a frame is both decoding and conversion."""


class _Audioop(Protocol):
    def ulaw2lin(self, fragment: bytes, width: int, /) -> bytes: ...
    def lin2ulaw(self, fragment: bytes, width: int, /) -> bytes: ...
    def alaw2lin(self, fragment: bytes, width: int, /) -> bytes: ...
    def lin2alaw(self, fragment: bytes, width: int, /) -> bytes: ...
    def rms(self, fragment: bytes, width: int, /) -> int: ...


def _find_audioop() -> _Audioop | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.11 and 3.12 announce its removal, which is provided for
        try:
            return cast(_Audioop, importlib.import_module("audioop"))
        except ModuleNotFoundError:
            return None


_AUDIOOP = _find_audioop()


def mulaw_to_pcm(mulaw: bytes) -> bytes:
    """16-bit little-endian PCM of mu-law."""
    return g711_tables.mulaw_to_pcm(mulaw) if _AUDIOOP is None else _AUDIOOP.ulaw2lin(mulaw, 2)


def pcm_to_mulaw(pcm: bytes) -> bytes:
    """mu-law of 16-bit little-endian PCM; whole samples only."""
    return g711_tables.pcm_to_mulaw(pcm) if _AUDIOOP is None else _AUDIOOP.lin2ulaw(pcm, 2)


def alaw_to_pcm(alaw: bytes) -> bytes:
    """16-bit little-endian PCM of A-law."""
    return g711_tables.alaw_to_pcm(alaw) if _AUDIOOP is None else _AUDIOOP.alaw2lin(alaw, 2)


def pcm_to_alaw(pcm: bytes) -> bytes:
    """A-law of 16-bit little-endian PCM; whole samples only."""
    return g711_tables.pcm_to_alaw(pcm) if _AUDIOOP is None else _AUDIOOP.lin2alaw(pcm, 2)


_ALAW_TO_MULAW = g711_tables.pcm_to_mulaw(g711_tables.alaw_to_pcm(bytes(range(256))))


def alaw_to_mulaw(alaw: bytes) -> bytes:
    """mu-law of A-law, byte by byte."""
    return alaw.translate(_ALAW_TO_MULAW)


def power(mulaw: bytes) -> float:
    """The mean square of its samples, each in -1..1; 0 for nothing."""
    pcm = mulaw_to_pcm(mulaw)
    if _AUDIOOP is not None:
        return (_AUDIOOP.rms(pcm, 2) / 32768) ** 2
    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
    return float(samples @ samples) / len(samples) if len(samples) else 0.0
