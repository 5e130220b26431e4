"""What the agent says on its way to the caller: little ahead of real time, and exact about what has been heard.

A `Playout` is one call's. It is pure: time is an argument, bytes come back, nothing waits. A line sends what `due`
returns; after `hold` and `drop` the line is told to clear what it was sent and has not played.
"""

from collections import deque
from dataclasses import dataclass

from offhook.audio.ducking import faded_in
from offhook.audio.g711 import FRAME, RATE_HZ, SILENCE

_FRAME_S = FRAME / RATE_HZ
_FADE = 80
"""Samples (10 ms) over which a reply that was held comes back."""
_LATE_S = 1e-6
"""Rounding of the clock is no hole."""


class _Reply:
    """The sound of one reply, kept until it is dropped or all heard."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.samples = bytearray()
        self.length = 0
        self.sent = 0
        self.heard = 0
        self.ended = False

    def add(self, samples: bytes) -> None:
        self.samples += samples
        self.length += len(samples)

    def all_heard(self) -> bool:
        return self.ended and self.heard >= self.length


@dataclass(slots=True)
class _Ahead:
    """Sent, but not all heard: `samples` of a reply from `first` on, which sound from `starts_at`."""

    reply: _Reply
    first: int
    samples: int
    starts_at: float


class Playout:
    """One call's outgoing sound. `now` is any clock in seconds that never goes back.

    Replies are queued silently and one at a time is played. `hold` stops it where the caller is, to the sample, and
    `play` goes on from there. A reply that is heard to its end lets go of its sound by itself; one that is not to be
    heard must be dropped, and stays so: what still comes for it is ignored.

    Args:
        lead_s: How far what was sent may be ahead of what is heard. More survives more jitter of ours; on a line that
            cannot clear it is also how late an interruption is obeyed.
    """

    def __init__(self, lead_s: float = 0.1) -> None:
        self.underruns = 0
        """Holes inside replies that the caller has heard."""
        self.underrun_s = 0.0
        """How long those holes were together."""
        self._lead_s = lead_s
        self._replies: dict[int, _Reply] = {}
        self._dropped: set[int] = set()
        self._playing: _Reply | None = None
        self._ahead: deque[_Ahead] = deque()
        self._last_heard = (0, 0)
        self._line_empty_at = 0.0
        self._flowing = False
        """The playing reply has sounded since `play`, so silence now is a hole."""
        self._resumes = False

    def queue(self, reply: int, samples: bytes) -> None:
        """Put mu-law of any length behind what the reply has. Silent until `play`."""
        self._of(reply).add(samples)

    def end(self, reply: int) -> None:
        """The reply has no more sound: its last piece may be filled up with silence."""
        self._of(reply).ended = True

    def play(self, reply: int) -> None:
        """Let the caller hear this reply, from where it stands; what is on its way of another is heard before it."""
        chosen = self._of(reply)
        if chosen is not self._playing:
            self._playing, self._flowing = chosen, False
            self._resumes = chosen.sent > 0

    def due(self, now: float) -> bytes:
        """What must be sent now, in whole frames of 20 ms; call it every 10 or 20 ms."""
        reply = self._playing
        if reply is None or self.ahead(now) > self._lead_s - _LATE_S:
            return b""
        self._advance(now)
        if not self._has_frame(reply):
            return b""
        if self._flowing and now > self._line_empty_at + _LATE_S:
            self.underruns += 1
            self.underrun_s += now - self._line_empty_at
        self._line_empty_at = max(self._line_empty_at, now)
        frames = []
        while self._has_frame(reply) and self.ahead(now) < self._lead_s - _LATE_S:
            frames.append(self._next_frame(reply))
        self._flowing = True
        return b"".join(frames)

    def hold(self, now: float) -> int:
        """Stop at once; returns how many samples of the reply that played were heard.

        What was sent and is not yet heard counts as unsent, because the line is told to clear it.
        """
        self._advance(now)
        for piece in self._ahead:
            piece.reply.sent = piece.reply.heard
        self._ahead.clear()
        self._line_empty_at = min(self._line_empty_at, now)
        held, self._playing, self._flowing = self._playing, None, False
        return 0 if held is None else held.heard

    def drop(self, reply: int) -> None:
        """Forget the reply; if it plays, `hold` first to know what was heard of it. Harmless when unknown."""
        self._dropped.add(reply)
        dropped = self._replies.pop(reply, None)
        if dropped is not None and dropped is self._playing:
            self._playing, self._flowing = None, False

    def heard(self, now: float) -> tuple[int, int]:
        """The reply that the caller hears or last heard, and how many samples of it; (0, 0) before any."""
        self._advance(now)
        return self._last_heard

    def heard_of(self, reply: int, now: float) -> int:
        """How many samples of this reply the caller has heard."""
        self._advance(now)
        known = self._replies.get(reply)
        return 0 if known is None else known.heard

    def all_heard(self, reply: int, now: float) -> bool:
        """Whether the caller has heard the reply to its end."""
        self._advance(now)
        known = self._replies.get(reply)
        return known is not None and known.all_heard()

    def ahead(self, now: float) -> float:
        """Seconds of sound that were sent and are not yet heard."""
        return max(0.0, self._line_empty_at - now)

    def _of(self, reply: int) -> _Reply:
        if reply in self._dropped:
            return _Reply(reply)
        return self._replies.setdefault(reply, _Reply(reply))

    def _has_frame(self, reply: _Reply) -> bool:
        waiting = reply.length - reply.sent
        return waiting >= FRAME or (reply.ended and waiting > 0)

    def _next_frame(self, reply: _Reply) -> bytes:
        frame = bytes(reply.samples[reply.sent : reply.sent + FRAME])
        self._ahead.append(_Ahead(reply, reply.sent, len(frame), self._line_empty_at))
        reply.sent += len(frame)
        self._line_empty_at += _FRAME_S
        if self._resumes:
            self._resumes, frame = False, faded_in(frame, _FADE)
        return frame.ljust(FRAME, SILENCE)

    def _advance(self, now: float) -> None:
        """Account for what has been heard by now."""
        while self._ahead:
            piece = self._ahead[0]
            heard = min(piece.samples, int((now - piece.starts_at + _LATE_S) * RATE_HZ))
            if heard <= 0:
                return
            piece.reply.heard = piece.first + heard
            self._last_heard = (piece.reply.number, piece.reply.heard)
            if heard < piece.samples:
                return
            self._ahead.popleft()
            if piece.reply.all_heard():
                piece.reply.samples.clear()
