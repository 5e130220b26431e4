"""Making the agent's voice quieter, without a click."""

from functools import lru_cache

import numpy as np

from offhook.audio import g711


@lru_cache(maxsize=64)
def _table(gain: float) -> bytes:
    scaled = np.rint(g711.MULAW_TO_FLOAT * (gain * 32768)).clip(-32768, 32767)
    return g711.pcm_to_mulaw(scaled.astype("<i2").tobytes())


def _ramped(mulaw: bytes, first: float, last: float) -> bytes:
    samples = g711.MULAW_TO_FLOAT.take(np.frombuffer(mulaw, np.uint8)) * 32768
    samples *= np.linspace(first, last, len(samples), dtype=np.float32)
    return g711.pcm_to_mulaw(np.rint(samples).clip(-32768, 32767).astype("<i2").tobytes())


def faded_in(mulaw: bytes, samples: int) -> bytes:
    """The sound with its first `samples` rising from silence."""
    return _ramped(mulaw[:samples], 0.0, 1.0) + mulaw[samples:]


class Ducking:
    """Scales a stream of mu-law frames, for lines that cannot clear what they were sent.

    A change of gain is spread over `ramp` samples (10 ms unless told), whatever the frames' lengths.
    """

    def __init__(self, ramp: int = 80) -> None:
        self._ramp = ramp
        self._gain = self._target = 1.0
        self._left = 0

    def to(self, gain: float) -> None:
        """From the next sample on, move to this gain: 1 is unchanged, 0 is silence."""
        if gain != self._target:
            self._target, self._left = gain, self._ramp

    def __call__(self, mulaw: bytes) -> bytes:
        """The next frame at the gain of the moment; unchanged frames cost nothing."""
        ramped = b""
        if self._left and mulaw:
            now = mulaw[: self._left]
            reached = self._gain + (self._target - self._gain) * len(now) / self._left
            ramped = _ramped(now, self._gain, reached)
            self._left -= len(now)
            self._gain = reached if self._left else self._target
            mulaw = mulaw[len(now) :]
        if self._target == 1.0:
            return ramped + mulaw
        return ramped + mulaw.translate(_table(self._target))
