"""One phone conversation: events in, commands out, time as an argument.

    commands = conversation.receive(event, now=now)  # something happened
    commands = conversation.wake(now=now)            # `next_deadline` was reached

`now` is seconds on any clock that never goes back; it is only compared and added to.
Whoever drives the conversation wakes it at `next_deadline`, which moves with every call.

What happens to the caller's words is in `caller_side`, what becomes of a reply in `agent_side`; both stand on the
same `floor`.
"""

from typing import Literal, assert_never

from offhook.conversation import events as ev
from offhook.conversation.agent_side import AgentSide
from offhook.conversation.caller_side import CallerSide
from offhook.conversation.commands import Command, EndReason, Utterance
from offhook.conversation.floor import Floor
from offhook.conversation.form import Form
from offhook.conversation.patience import PATIENCE, Patience
from offhook.conversation.reply import Reply
from offhook.conversation.states import State, Ways
from offhook.conversation.wording import GOODBYE_LENGTH


class Conversation:
    """The state of one call.

    Args:
        greeting: First words of the agent.
        patience: How long each wait may last.
        ways: What may be asked of the line and the recognizer.
        form: What is known beforehand (the caller's number, ...).
    """

    def __init__(
        self, greeting: str, *, patience: Patience = PATIENCE, ways: Ways | None = None, form: Form | None = None
    ) -> None:
        self._greeting = greeting
        self._floor = Floor(patience, ways or Ways(), form or Form())
        self._agent = AgentSide(self._floor)
        self._caller = CallerSide(self._floor, self._agent)

    @property
    def state(self) -> State:
        """Whose turn it is, and what is being waited for."""
        return self._floor.state

    @property
    def next_deadline(self) -> float | None:
        """When to be woken; None only before the call and after it."""
        return self._floor.deadline

    @property
    def history(self) -> list[Utterance]:
        """What was said, oldest first; of the agent's words, only those the caller has heard."""
        return self._floor.history

    @property
    def form(self) -> Form:
        """What the call has established."""
        return self._floor.form

    @property
    def reply(self) -> Reply:
        """The reply that is being guessed, written or spoken; to read, not to change."""
        return self._agent.reply

    @property
    def unanswered(self) -> str:
        """What the caller has said since the last turn that was taken as over."""
        return self._floor.turn.text

    @property
    def reason(self) -> EndReason | None:
        """Why the call ended, or is being closed."""
        return self._floor.reason

    def receive(self, event: ev.Event, *, now: float) -> list[Command]:
        """Take in what happened; returns what to do about it, in order."""
        floor = self._floor
        floor.advance(now)
        if isinstance(event, ev.ActionDone):
            return self._agent.receive(event)
        if floor.state is State.ENDED:
            return []
        if isinstance(event, ev.PickedUp):
            return self._picked_up()
        if floor.state is State.RINGING and not isinstance(event, ev.HungUp):
            return []
        return self._agent.receive(event) if isinstance(event, ev.OfReply) else self._caller.receive(event)

    def wake(self, *, now: float) -> list[Command]:
        """Act on a deadline that has passed; nothing when woken early."""
        floor, agent, caller = self._floor, self._agent, self._caller
        floor.advance(now)
        if floor.deadline is None or now < floor.deadline:
            return []
        if floor.too_long:
            return agent.close(EndReason.TOO_LONG, GOODBYE_LENGTH)
        match floor.state:
            case State.LISTENING:
                return agent.prompt()
            case State.THINKING:
                return agent.still_thinking()
            case State.SPEAKING:  # the voice is silent
                return agent.voice_failed()
            case State.LEAVING | State.CLOSING:
                return agent.end(floor.reason or EndReason.AGENT_SAID_GOODBYE)
            case State.RINGING | State.ENDED:
                raise AssertionError(f"a deadline in {floor.state}")
            case _:
                return self._wake_caller(floor.state, caller)

    def _picked_up(self) -> list[Command]:
        if self._floor.state is not State.RINGING:
            return []
        self._floor.picked_up_at = self._floor.now
        return self._agent.say(self._greeting)

    def _wake_caller(
        self,
        state: Literal[State.HEARING, State.KEYING, State.PAUSED, State.UNCLEAR, State.OVERLAP],
        caller: CallerSide,
    ) -> list[Command]:
        match state:
            case State.HEARING:  # voice activity without new words: a noise, or stuck; never wait for it for ever
                return caller.pause(self._floor.now)
            case State.KEYING:
                return caller.commit()
            case State.PAUSED:
                return caller.in_pause()
            case State.UNCLEAR:
                self._floor.turn.settle()
                return caller.turn_over()
            case State.OVERLAP:
                return caller.overlap_decided()
            case _:
                assert_never(state)
