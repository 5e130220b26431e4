"""Where speech begins and ends, told from the probability and the power of each window.

Pure: numbers in, edges out. Silero's probability falls only 100 to 160 ms after the last word, so the end is also
read from the level: a few windows in a row on the line's noise floor, with the probability no longer certain, are the
end. The stops inside words (`p`, `t`, `k`) reach the floor too, but there it stays certain.

The caller's own level is learnt from what they say. Speech that stays 12 dB below it is somebody else's, a radio for
instance, and counts as none. A caller who becomes that much quieter is heard again after a while, because the level
that is remembered sinks as long as only quieter speech is heard.

Powers are mean squares of samples in -1..1.
"""

from enum import Enum, auto

import numpy as np

from offhook.audio.g711 import MULAW_TO_FLOAT

WINDOW = 256
"""Samples of one window: 32 ms."""
SURE, LIKELY, UNLIKELY = 0.85, 0.5, 0.35
"""One window this sure is an onset, as are two likely ones; below the last it is no speech."""
CERTAIN = 0.95
QUIET_WINDOWS = 2
"""So many on the noise floor are the end of speech, unless the probability is still certain."""
IMPROBABLE_WINDOWS = 3
"""So many that are above the floor, but improbable, are the end."""
QUIET_ANYWAY = 6
"""So many on the floor are the end however certain."""
LEAST_POWER = 1e-7
"""-70 dB: below this all silence is alike."""
FLOOR_PACE = 0.2
"""Share of the way down to a window's power that the line's noise floor goes."""
FLOOR_RISE = 1.15
"""Per window where nobody speaks: 25 dB in 1.3 s."""
ABOVE_FLOOR = 4.0
"""6 dB: louder than this is not the line alone."""
BACKGROUND = 0.063
"""-12 dB of the caller's own level: what stays below it is not the caller speaking on."""
NEAR = 0.1
"""-10 dB: what is above it is the caller, so an onset must be."""
KNOWN_AFTER = 15
"""Windows of speech from which on the caller's level is known: half a second."""
CALLER_PACE = 1 / 64
FORGETTING = 0.9977
"""Per window of quieter speech: 0.3 dB a second."""
LONGEST_ATTACK = 6
"""Windows that an onset is traced back at most."""


class Edge(Enum):
    """What a window was the sign of."""

    MAYBE = auto()
    STARTED = auto()
    ENDED = auto()


class SpeechEdges:
    """The edges of one caller's speech; `at` is the sample at which the last edge lies."""

    def __init__(self) -> None:
        self.at = 0
        self.speaking = False
        self._position = 0
        self._likely = False
        self._floor = LEAST_POWER
        self._recent = LEAST_POWER
        self._caller = 0.0
        self._known = 0
        self._loud_since = 0
        self._quiet = 0
        self._last_loud = b""
        self._last_loud_at = 0
        self._last_near_at = 0

    def step(self, probability: float, power: float, window: bytes) -> Edge | None:
        """Take the next window: how likely it is speech, its power, and its 256 samples of mu-law."""
        self._position += WINDOW
        replaced = power == 0  # by a mute or the echo gate: it says nothing of the line
        power = max(power, LEAST_POWER)
        if replaced:
            pass
        elif power < self._floor:
            self._floor += (power - self._floor) * FLOOR_PACE
        elif probability < UNLIKELY:
            self._floor = min(power, self._floor * FLOOR_RISE)
        self._recent += (power - self._recent) * (0.5 if power > self._recent else 0.125)
        loud = power > self._floor * ABOVE_FLOOR
        if self.speaking:
            return self._while_speaking(probability, power, window, loud=loud)
        if not loud:
            self._loud_since = self._position
            self._likely = False
            return None
        return self._while_silent(probability, power, window)

    def _while_silent(self, probability: float, power: float, window: bytes) -> Edge | None:
        if probability < LIKELY:
            self._likely = self._likely and probability >= UNLIKELY
            return None
        if self._is_below(NEAR, power):
            self._caller *= FORGETTING
            return None
        if probability < SURE and not self._likely:
            self._likely = True
            self.at = self._position - WINDOW
            return Edge.MAYBE
        self.speaking, self._likely = True, False
        self._quiet = 0
        self._note_voice(power, window)
        self.at = max(0, self._position - (LONGEST_ATTACK + 1) * WINDOW, self._loud_since)
        return Edge.STARTED

    def _while_speaking(self, probability: float, power: float, window: bytes, *, loud: bool) -> Edge | None:
        improbable = probability < UNLIKELY
        if loud and not improbable:
            self._quiet = 0
            self._note_voice(power, window)
            if not self._is_below(BACKGROUND, self._recent):
                return None
            self.at = self._last_near_at
        else:
            self._quiet += 1
            if self._quiet < (IMPROBABLE_WINDOWS if loud else QUIET_WINDOWS if probability < CERTAIN else QUIET_ANYWAY):
                return None
            self.at = self._last_loud_at + self._end_within(self._last_loud)
        self.speaking, self._loud_since = False, self._position
        return Edge.ENDED

    def _is_below(self, share: float, power: float) -> bool:
        """Whether speech of this power is somebody else's, as far as the caller is known."""
        return self._known >= KNOWN_AFTER and power < self._caller * share

    def _note_voice(self, power: float, window: bytes) -> None:
        self._last_loud, self._last_loud_at = window, self._position - WINDOW
        if not self._is_below(BACKGROUND, self._recent):
            self._known += 1
            self._caller += (self._recent - self._caller) * max(CALLER_PACE, 1 / self._known)
        if power >= self._caller * NEAR:
            self._last_near_at = self._position

    def _end_within(self, window: bytes) -> int:
        """The sample of its last loud window at which the voice ends, to 4 ms."""
        blocks = MULAW_TO_FLOAT.take(np.frombuffer(window, np.uint8)).reshape(-1, 32)
        loud = np.flatnonzero(np.mean(blocks**2, axis=1) > self._floor * ABOVE_FLOOR)
        return int(loud[-1] + 1) * 32 if len(loud) else WINDOW
