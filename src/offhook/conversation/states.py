"""The states of a conversation, and what its line and recognizer can do."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whose turn it is, and what is being waited for."""

    RINGING = "ringing"
    LISTENING = "listening"  # nobody speaks; the floor is the caller's
    HEARING = "hearing"  # the caller speaks; a reply may be kept ready
    KEYING = "keying"  # the caller presses keys
    PAUSED = "paused"  # the caller fell silent: end of turn, or a breath?
    UNCLEAR = "unclear"  # the turn is over, but the recognizer has not given its words
    THINKING = "thinking"  # a reply is due and there is nothing to play
    SPEAKING = "speaking"
    OVERLAP = "overlap"  # the caller sounds over the agent, who is held: barge-in, or a cough?
    LEAVING = "leaving"  # goodbye was said; the caller may still say something
    CLOSING = "closing"  # the agent's last words; nothing undoes them
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What may be asked of the line, the recognizer and the operator; the heart asks for nothing else."""

    speculate: bool = False
    """Begin to think on partial transcripts."""
    gives_partials: bool = True
    """The recognizer shows words while the caller speaks; one that does not is trusted with longer speech."""
    finalizes: bool = True
    judges_turns: bool = False
    """There is an end-of-turn model."""
