"""What a running call needs of others: to speak, to hear, to act, to judge a pause, to be watched."""

from datetime import datetime
from typing import Protocol

from offhook.conversation.actions import Action, ActionResult
from offhook.conversation.form import Question


class Speaker(Protocol):
    """What speaks for the agent: `mouth.Mouth`, or a screen. The conversation's commands, as plain calls."""

    def say(self, reply: int, text: str) -> None:
        """See `commands.Say`."""
        ...

    def end(self, reply: int) -> None:
        """See `commands.EndSpeech`."""
        ...

    def play(self, reply: int) -> None:
        """See `commands.Play`."""
        ...

    def hold(self, reply: int, *, now: float) -> None:
        """See `commands.Hold`."""
        ...

    def stop(self, reply: int, *, now: float) -> None:
        """See `commands.StopReply`."""
        ...

    def report(self, now: float) -> None:
        """Feed `Played` with what was heard by now."""
        ...


class Listener(Protocol):
    """What hears for the agent: `ears.Ears`; a call by text has none."""

    def finalize(self) -> None:
        """See `commands.Finalize`."""
        ...

    def expect(self, question: Question | None) -> None:
        """What is being asked has changed."""
        ...


class Doer(Protocol):
    """Carries actions out (`receptionist.actions.Actions`)."""

    async def run(self, action: Action, *, now: datetime) -> ActionResult:
        """Do it, once."""
        ...


class Watcher(Protocol):
    """Who looks on: a line's screen, a terminal."""

    def said(self, who: str, words: str) -> None:
        """Something entered the history."""
        ...

    def stepped(self) -> None:
        """The conversation has moved."""
        ...


class Judge(Protocol):
    """An end-of-turn model."""

    async def complete(self) -> float:
        """How likely the caller has finished: 0 to 1.

        Raises:
            TimeoutError: There is no telling in time.
            ProviderError: There is no telling.
        """
        ...
