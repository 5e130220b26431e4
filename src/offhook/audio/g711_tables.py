"""G.711 in NumPy tables: what `g711` falls back to where no `audioop` is installed.

The tables follow ITU-T G.711 as `audioop` rounds it: the result is the same for every one of the 65 536 values.
"""

import numpy as np
import numpy.typing as npt


def _mulaw_values() -> npt.NDArray[np.int16]:
    code = ~np.arange(256) & 0xFF
    magnitude = (((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)
    return np.where(code & 0x80, 0x84 - magnitude, magnitude - 0x84).astype("<i2")


def _alaw_values() -> npt.NDArray[np.int16]:
    code = np.arange(256) ^ 0x55
    segment = (code & 0x70) >> 4
    step = ((code & 0x0F) << 4) + 8
    magnitude = np.where(segment == 0, step, (step + 0x100) << np.maximum(segment - 1, 0))
    return np.where(code & 0x80, magnitude, -magnitude).astype("<i2")


def _bit_length(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.frexp(values.astype(np.float64))[1].astype(np.int64)


def _mulaw_codes() -> npt.NDArray[np.uint8]:
    # The arithmetic shift rounds negative values down, as audioop does; the textbook's 16-bit form differs in 381.
    value = np.arange(65536, dtype=np.int64).astype(np.uint16).view(np.int16).astype(np.int64) >> 2
    magnitude = np.minimum(np.abs(value), 8158) + 33
    exponent = _bit_length(magnitude) - 6
    mantissa = (magnitude >> (exponent + 1)) & 0x0F
    codes: npt.NDArray[np.uint8] = (np.where(value < 0, 0x7F, 0xFF) ^ (exponent << 4 | mantissa)).astype(np.uint8)
    return codes


def _alaw_codes() -> npt.NDArray[np.uint8]:
    value = np.arange(65536, dtype=np.int64).astype(np.uint16).view(np.int16).astype(np.int64) >> 3
    magnitude = np.where(value < 0, -value - 1, value)
    segment = np.maximum(_bit_length(magnitude) - 5, 0)
    mantissa = (magnitude >> np.maximum(segment, 1)) & 0x0F
    codes: npt.NDArray[np.uint8] = (np.where(value < 0, 0x55, 0xD5) ^ (segment << 4 | mantissa)).astype(np.uint8)
    return codes


MULAW_VALUES = _mulaw_values()
"""int16[256]: the linear value of each mu-law byte."""
ALAW_VALUES = _alaw_values()
"""int16[256]: the linear value of each A-law byte."""
MULAW_CODES = _mulaw_codes()
"""uint8[65536]: the mu-law byte of each 16-bit value, by its unsigned pattern."""
ALAW_CODES = _alaw_codes()
"""uint8[65536]: the A-law byte of each 16-bit value, by its unsigned pattern."""


def mulaw_to_pcm(mulaw: bytes) -> bytes:
    """16-bit little-endian PCM of mu-law."""
    return MULAW_VALUES.take(np.frombuffer(mulaw, np.uint8)).tobytes()


def pcm_to_mulaw(pcm: bytes) -> bytes:
    """mu-law of 16-bit little-endian PCM."""
    return MULAW_CODES.take(np.frombuffer(pcm, "<u2")).tobytes()


def alaw_to_pcm(alaw: bytes) -> bytes:
    """16-bit little-endian PCM of A-law."""
    return ALAW_VALUES.take(np.frombuffer(alaw, np.uint8)).tobytes()


def pcm_to_alaw(pcm: bytes) -> bytes:
    """A-law of 16-bit little-endian PCM."""
    return ALAW_CODES.take(np.frombuffer(pcm, "<u2")).tobytes()
