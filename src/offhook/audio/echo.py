"""The agent's own voice, coming back from the caller's loudspeaker, kept out of its ears.

An echo is 20 to 30 dB below what was played and 100 to 400 ms late. A frame that comes in while the agent is or was
just heard, and that is no louder than such an echo could be, is replaced by silence; a caller who speaks over the
agent at an ordinary level is louder than that. Energies only: a canceller would need the line's impulse response.

How much really comes back is learnt in the agent's first seconds: on a line without echo a caller's soft beginnings
are let through as well. A loudspeaker that is switched on later is noticed after a third of a second.
"""

from collections import deque

from offhook.audio.g711 import FRAME, SILENCE, power

_NEAREST, _FARTHEST = 60 * 8, 500 * 8
"""Samples by which an echo is late: 100 to 400 ms, and what jitter and frames add."""
_LOUDEST = 0.02
"""-17 dB of the loudest that was played in that time: 20 dB below, and 3 dB for two frames that meet."""
_AUDIBLE = 1e-5
"""-50 dB: played more softly than this, nothing comes back."""
_SURE_AFTER = 2
"""Frames in a row above any echo prove that the caller speaks..."""
_KEPT = 10
"""...and so many more are let through whatever their level: weak syllables belong to it."""
_LEARNT_AFTER = 50
"""Frames of the agent alone, a second, after which the line's own echo is known."""
_MARGIN = 4.0
"""6 dB above the loudest echo that was learnt."""
_LEAST = 1e-4
"""-40 dB: less than that is noise of the line, not echo."""
_SUSPICIOUS = 16
"""Frames in a row above the learnt echo, but never above the loudest possible: no caller, a new echo."""


class EchoGate:
    """One call's gate. Times are samples of what came in, so nothing is needed but that every frame passes here.

    While the agent has been silent for half a second it costs nothing.
    """

    def __init__(self) -> None:
        self._heard = 0
        self._played: deque[tuple[int, float]] = deque()
        """When each audible frame begins to sound, and its power; those whose echo cannot be here yet."""
        self._echoing: deque[tuple[int, float]] = deque()
        """Those whose echo may be here, less any that a louder one has followed: the first is the loudest."""
        self._louder = 0
        self._kept = 0
        self._limit = _LOUDEST
        self._return = 0.0
        self._learnt = 0
        self._lately: deque[float] = deque()
        """Shares of the last muted frames: what comes just before a caller is heard is theirs, and teaches nothing."""
        self._between = 0

    def played(self, mulaw: bytes, ahead: int = 0) -> None:
        """What is sent to the caller now; it sounds `ahead` samples from now. Silence need not be told.

        With `Playout`: `gate.played(audio, round(playout.ahead(now) * 8000) - len(audio))` after `due`.
        """
        starts = self._heard + ahead
        for at in range(0, len(mulaw), FRAME):
            loudness = power(mulaw[at : at + FRAME])
            if loudness > _AUDIBLE:
                self._played.append((starts + at, loudness))

    def cleared(self) -> None:
        """The line forgot what it had not yet played."""
        while self._played and self._played[-1][0] >= self._heard:
            self._played.pop()

    def clean(self, mulaw: bytes) -> bytes:
        """What came in, any length, with silence where only the agent's echo can be."""
        if not self._played and not self._echoing:
            self._heard += len(mulaw)
            return mulaw
        return b"".join(self._frame(mulaw[at : at + FRAME]) for at in range(0, len(mulaw), FRAME))

    def _frame(self, frame: bytes) -> bytes:
        now = self._heard
        self._heard += len(frame)
        loudest = self._loudest(now)
        if loudest == 0.0:
            self._louder = self._kept = 0
            return frame
        share = power(frame) / loudest
        if share > self._limit:
            self._louder += 1
            if self._louder >= _SURE_AFTER:
                self._kept = _KEPT
                self._lately.clear()
            self._suspect(share)
            return frame
        self._louder = self._between = 0
        if self._kept:
            self._kept -= 1
            return frame
        self._learn(share)
        return SILENCE * len(frame)

    def _learn(self, share: float) -> None:
        """The agent is alone: so much of it comes back."""
        self._lately.append(share)
        if len(self._lately) <= _KEPT:
            return
        self._return = max(self._return, self._lately.popleft())
        self._learnt += 1
        if self._learnt >= _LEARNT_AFTER:
            self._limit = min(_LOUDEST, max(_LEAST, _MARGIN * self._return))

    def _suspect(self, share: float) -> None:
        """A sound that stays between the learnt echo and the loudest possible one is an echo that is new."""
        self._between = 0 if share > _LOUDEST else self._between + 1
        if self._between >= _SUSPICIOUS:
            self._limit, self._return = _LOUDEST, _LOUDEST
            self._kept = self._between = 0

    def _loudest(self, now: int) -> float:
        """Power of the loudest frame whose echo may come in now; 0 for none."""
        echoing, played = self._echoing, self._played
        while played and played[0][0] <= now - _NEAREST + FRAME:
            newer = played.popleft()
            while echoing and echoing[-1][1] <= newer[1]:
                echoing.pop()
            echoing.append(newer)
        while echoing and echoing[0][0] < now - _FARTHEST:
            echoing.popleft()
        return echoing[0][1] if echoing else 0.0
