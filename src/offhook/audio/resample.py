"""Bringing sound from one sample rate to another, as it streams.

Engines that work at other rates than the telephone's 8 kHz convert at their border with a `Resampler`. It is a
polyphase FIR (windowed sinc, about 70 dB) that carries its history, so the chunks a stream comes in cannot be heard.
"""

from functools import lru_cache
from math import ceil, gcd

import numpy as np
import numpy.typing as npt

_HALF = 12
"""Zero crossings of the sinc on either side: 1.5 ms at 8 kHz, which is also what a stream is held back."""
_CUTOFF = 0.92
"""Of the lower Nyquist frequency: 3.7 kHz for the telephone."""
_BETA = 7.0
_FEW = 6
"""Up to so many phases are one convolution each; for more, samples are gathered for every output."""

Floats = npt.NDArray[np.float64]


@lru_cache(maxsize=16)
def _bank(up: int, down: int) -> Floats:
    """The filter's phases, [up, taps], each reversed so that it is laid over samples oldest first."""
    half = _HALF * max(up, down)
    at = np.arange(-half, half + 1) / max(up, down)
    kernel = np.sinc(_CUTOFF * at) * np.kaiser(len(at), _BETA)
    taps = ceil(len(kernel) / up)
    phases = np.pad(kernel, (0, taps * up - len(kernel))).reshape(taps, up).T
    return np.ascontiguousarray((phases / phases.sum(axis=1, keepdims=True))[:, ::-1])


class Resampler:
    """16-bit little-endian mono PCM at `from_hz` in, the same at `to_hz` out; one stream each.

    Chunks may have any length, odd numbers of bytes included. Output is aligned with input: sample n of it is what
    was heard at n / `to_hz` seconds. It lags by 1.5 ms of the lower rate, which `flush` delivers at the end.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        common = gcd(from_hz, to_hz)
        self._up, self._down = to_hz // common, from_hz // common
        self._bank = _bank(self._up, self._down)
        self._half = _HALF * max(self._up, self._down)
        self._begin()

    def _begin(self) -> None:
        taps = self._bank.shape[1]
        self._odd = b""
        self._sound: Floats = np.zeros(taps - 1)
        self._sound_at = 1 - taps
        """The input's sample that `_sound` begins with."""
        self._fed = 0
        self._given = 0

    def __call__(self, pcm: bytes) -> bytes:
        """What can be said of the sound up to and including `pcm`."""
        if self._up == self._down:
            return pcm
        if self._odd or len(pcm) % 2:
            pcm = self._odd + pcm
            whole = len(pcm) & ~1
            self._odd, pcm = pcm[whole:], pcm[:whole]
        self._hear(np.frombuffer(pcm, "<i2").astype(np.float64))
        return self._output(until=-((self._half - self._fed * self._up) // self._down))

    def flush(self) -> bytes:
        """The rest of the stream; the next call begins another."""
        if self._up == self._down:
            return b""
        total = ceil(self._fed * self._up / self._down)
        self._hear(np.zeros(self._half // self._up + 1))
        rest = self._output(until=total)
        self._begin()
        return rest

    def _hear(self, samples: Floats) -> None:
        self._sound = np.concatenate((self._sound, samples))
        self._fed += len(samples)

    def _output(self, *, until: int) -> bytes:
        if until <= self._given:
            return b""
        taps = self._bank.shape[1]
        at = np.arange(self._given, until) * self._down + self._half
        phases, oldest = at % self._up, at // self._up - (taps - 1) - self._sound_at
        if self._up <= _FEW:
            output = np.empty(len(at))
            for phase, kernel in enumerate(self._bank):
                chosen = phases == phase
                output[chosen] = np.correlate(self._sound, kernel, "valid")[oldest[chosen]]
        else:
            windows = np.lib.stride_tricks.sliding_window_view(self._sound, taps)
            output = (windows[oldest] * self._bank[phases]).sum(axis=1)
        self._given = until
        spent = (until * self._down + self._half) // self._up - (taps - 1) - self._sound_at
        self._sound, self._sound_at = self._sound[spent:], self._sound_at + spent
        return np.rint(output).clip(-32768, 32767).astype("<i2").tobytes()


def resampled(pcm: bytes, from_hz: int, to_hz: int) -> bytes:
    """The whole of a sound at another rate."""
    resampler = Resampler(from_hz, to_hz)
    return resampler(pcm) + resampler.flush()
