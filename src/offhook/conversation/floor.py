"""What both sides of a conversation share: whose turn it is and until when, what was said, what is established."""

from dataclasses import dataclass, field

from offhook.conversation.caller_turn import CallerTurn
from offhook.conversation.commands import Command, EndReason, Utterance
from offhook.conversation.form import Form
from offhook.conversation.patience import Patience
from offhook.conversation.states import State, Ways


@dataclass(slots=True)
class Floor:
    """One call's common ground. The sides change it; the conversation shows it."""

    patience: Patience
    ways: Ways
    form: Form
    state: State = State.RINGING
    history: list[Utterance] = field(default_factory=list[Utterance])
    turn: CallerTurn = field(default_factory=CallerTurn)
    """What the caller has said and nobody has answered."""
    now: float = float("-inf")
    picked_up_at: float = float("-inf")
    deadline: float | None = None
    """When the state, or the call, has lasted long enough."""
    silent_since: float = 0.0
    """When the caller last fell silent."""
    grants_time: bool = False
    """The caller has asked for a moment."""
    leaving: bool = False
    """The agent has said goodbye, and the caller nothing since."""
    reason: EndReason | None = None

    @property
    def too_long(self) -> bool:
        """Whether the call has reached its limit and nobody has said so yet."""
        return self.state is not State.CLOSING and self.now >= self.picked_up_at + self.patience.limit

    def advance(self, now: float) -> None:
        """Time passes."""
        assert now >= self.now, f"time went back from {self.now} to {now}"
        self.now = now

    def file_turn(self) -> None:
        """What the caller said and nobody will answer is remembered all the same."""
        self.turn.settle()
        if self.turn.has_words:
            self.history.append(Utterance("caller", self.turn.text))
        self.turn = self.turn.following()

    def enter(self, state: State, wait: float | None) -> list[Command]:
        """Go to `state` for at most `wait` seconds; returns no commands, for use at the end of a list."""
        self.state = state
        if wait is None:
            self.deadline = None
        else:
            until, limit = self.now + wait, self.picked_up_at + self.patience.limit
            self.deadline = until if until < limit or state is State.CLOSING else limit
        return []
