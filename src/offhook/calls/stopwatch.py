"""How fast each turn was, from audio positions: how many of the caller's samples came in between two moments."""

from dataclasses import dataclass

SAMPLES_PER_MS = 8


@dataclass(slots=True)
class TurnClock:
    """The moments of one reply. Positions are samples of the caller's audio that had come in, seconds the loop's."""

    speech_end: int | None = None
    """Position of the last sample of the caller's speech."""
    words_at: int | None = None
    """Position when the final words were there."""
    asked_at: float | None = None
    first_word_at: float | None = None
    said_at: float | None = None
    sound_at: float | None = None
    decided_at: float | None = None
    """When the turn was taken as over."""
    sent_at: float | None = None
    sent_position: int | None = None
    interrupted: bool = False
    """The caller took the floor from the agent."""

    @property
    def stt_ms(self) -> float | None:
        """From the end of speech to its final words."""
        return _positions_ms(self.speech_end, self.words_at)

    @property
    def llm_ms(self) -> float | None:
        """From the request to its first words."""
        return _ms(self.asked_at, self.first_word_at)

    @property
    def tts_ms(self) -> float | None:
        """From the first clause to its first samples."""
        return _ms(self.said_at, self.sound_at)

    @property
    def pipeline_ms(self) -> float | None:
        """From the decision that the turn is over to the first sample out."""
        return _ms(self.decided_at, self.sent_at)

    @property
    def gap_ms(self) -> float | None:
        """From the caller's last speech sample in to the agent's first sample out, end-of-turn wait included."""
        return _positions_ms(self.speech_end, self.sent_position)


class Stopwatch:
    """The clocks of one call: by reply while it is made, by turn once it is committed. Turn 0 is the greeting."""

    def __init__(self) -> None:
        self._replies: dict[int, TurnClock] = {}
        self._turns: dict[int, int] = {0: 1}
        self.words_at: int | None = None
        """Position when the recognizer last gave final words."""

    def of_reply(self, reply: int) -> TurnClock:
        """The clock of a reply."""
        if reply not in self._replies:
            self._replies[reply] = TurnClock()
        return self._replies[reply]

    def said(self, reply: int, now: float) -> None:
        """A clause of `reply` went to the voice."""
        clock = self.of_reply(reply)
        clock.said_at = clock.said_at or now

    def of_turn(self, n: int) -> TurnClock | None:
        """The clock of the reply that answered turn `n`."""
        reply = self._turns.get(n)
        return None if reply is None else self._replies.get(reply)

    def committed(self, n: int, reply: int, *, speech_end: int | None, now: float) -> None:
        """Turn `n` is over and `reply` answers it."""
        self._turns[n] = reply
        clock = self.of_reply(reply)
        clock.decided_at = now
        clock.speech_end = speech_end
        clock.words_at = self.words_at


def _positions_ms(begin: int | None, end: int | None) -> float | None:
    return None if begin is None or end is None else round(max(0.0, (end - begin) / SAMPLES_PER_MS), 1)


def _ms(begin: float | None, end: float | None) -> float | None:
    return None if begin is None or end is None else round(1000 * max(0.0, end - begin), 1)
