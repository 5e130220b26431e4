"""The tape of a call, and how to play it again."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from offhook.conversation.commands import Command
from offhook.conversation.conversation import Conversation
from offhook.conversation.events import Event

Tape = Sequence[tuple[float, Event | None]]
"""What went in: (seconds, event); None where the conversation was woken by its deadline."""


class Difference(NamedTuple):
    """The first command in which a replay and the recording part."""

    at: float
    recorded: Command | None
    replayed: Command | None


def step(conversation: Conversation, event: Event | None, *, now: float) -> list[Command]:
    """Feed one entry of a tape."""
    return conversation.wake(now=now) if event is None else conversation.receive(event, now=now)


def replay(conversation: Conversation, tape: Iterable[tuple[float, Event | None]]) -> list[tuple[float, Command]]:
    """Everything a fresh `conversation` asks for when `tape` happens to it again."""
    return [(now, command) for now, event in tape for command in step(conversation, event, now=now)]


def first_difference(
    recorded: Sequence[tuple[float, Command]], replayed: Sequence[tuple[float, Command]]
) -> Difference | None:
    """Where two runs of one tape part; None if they do not."""
    for (at, was), (_, now_is) in zip(recorded, replayed, strict=False):
        if was != now_is:
            return Difference(at, was, now_is)
    if len(recorded) > len(replayed):
        at, command = recorded[len(replayed)]
        return Difference(at, command, None)
    if len(replayed) > len(recorded):
        at, command = replayed[len(recorded)]
        return Difference(at, None, command)
    return None
