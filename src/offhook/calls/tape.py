"""A call's tape as it stands in the journal: how events and commands become rows, and rows a conversation again.

Entry 0 is `Began`: what the conversation was made with. An event's kind is its class's name, `Woken` a deadline that
came; a command's kind begins with ">" and its body is its fields, with history and form of a `Think` as a digest.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from offhook.conversation import commands as cmd
from offhook.conversation import events as ev
from offhook.conversation.conversation import Conversation
from offhook.conversation.form import Form
from offhook.conversation.patience import Patience
from offhook.conversation.states import Ways

BEGAN = "Began"
WOKEN = "Woken"
COMMAND = ">"

_EVENTS: dict[str, type[ev.Event]] = {
    kind.__name__: kind
    for kind in (
        ev.PickedUp,
        ev.SpeechHinted,
        ev.SpeechStarted,
        ev.SpeechEnded,
        ev.Partial,
        ev.Transcript,
        ev.Typed,
        ev.KeyPressed,
        ev.TurnJudged,
        ev.ReplyText,
        ev.FormNoted,
        ev.ActionProposed,
        ev.ReplyFinished,
        ev.ReplyFailed,
        ev.VoiceFailed,
        ev.Played,
        ev.ActionDone,
        ev.HearingFailed,
        ev.HungUp,
    )
}
_encoder = msgspec.json.Encoder()
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in _EVENTS.items()}


@dataclass(frozen=True, slots=True)
class Began:
    """What a conversation was made with."""

    greeting: str
    patience: Patience
    ways: Ways
    form: Form

    def conversation(self) -> Conversation:
        """A fresh conversation made the same way."""
        return Conversation(self.greeting, patience=self.patience, ways=self.ways, form=self.form)


_began = msgspec.json.Decoder(Began)


class UnreadableTape(Exception):
    """A journal holds something that this version cannot read; the message says which entry."""


def began_entry(began: Began) -> tuple[str, bytes]:
    """Kind and body of entry 0."""
    return BEGAN, _encoder.encode(began)


def event_entry(event: ev.Event | None) -> tuple[str, bytes]:
    """Kind and body of what went into the conversation; None is a deadline."""
    return (WOKEN, b"{}") if event is None else (type(event).__name__, _encoder.encode(event))


def command_entry(command: cmd.Command) -> tuple[str, bytes]:
    """Kind and body of what the conversation asked for."""
    name = COMMAND + type(command).__name__
    if not isinstance(command, cmd.Think):
        return name, _encoder.encode(command)
    context = _encoder.encode((command.history, command.form, command.results))
    body = {
        "reply": command.reply,
        "speculative": command.speculative,
        "begun": command.begun,
        "context": hashlib.blake2b(context, digest_size=8).hexdigest(),
    }
    return name, _encoder.encode(body)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry, read back: an event (None: a deadline) or a command's kind and body."""

    at: float
    event: ev.Event | None = None
    command: tuple[str, bytes] | None = None


def read(entries: Iterable[tuple[float, str, bytes]]) -> tuple[Began, list[Recorded]]:
    """A journal's entries `(at, kind, body)` in order; entries that are neither event nor command are skipped.

    Raises:
        UnreadableTape: It has no beginning, or an entry cannot be read.
    """
    began: Began | None = None
    tape: list[Recorded] = []
    for at, kind, body in entries:
        try:
            if kind == BEGAN:
                began = _began.decode(body)
            elif kind == WOKEN:
                tape.append(Recorded(at))
            elif kind.startswith(COMMAND):
                tape.append(Recorded(at, command=(kind, body)))
            elif kind in _decoders:
                decoder: msgspec.json.Decoder[Any] = _decoders[kind]  # one decoder per event class
                tape.append(Recorded(at, event=decoder.decode(body)))
        except msgspec.MsgspecError as error:
            raise UnreadableTape(
                f"The journal's {kind} at {at:.2f} s cannot be read. Was it written by a newer version?"
            ) from error
    if began is None:
        raise UnreadableTape("The journal has no beginning. The call ended before anything was written.")
    return began, tape
