"""What one call writes down as it happens: its tape, its turns, what models were asked, its errors."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from offhook.calls import tape
from offhook.calls.stopwatch import TurnClock
from offhook.conversation.commands import Command, Utterance
from offhook.conversation.events import Event
from offhook.receptionist.receptionist import Generation
from offhook.store.journal import JournalWriter
from offhook.store.records import ErrorRecord, Fate, Severity, TenantId, Turn
from offhook.store.records import Generation as StoredGeneration


class CallJournal:
    """One call's pen. Plain calls; the writer takes them to disk."""

    def __init__(
        self,
        writer: JournalWriter,
        *,
        call_id: str,
        tenant: TenantId,
        now: Callable[[], datetime],
        call_sid: str | None = None,
    ) -> None:
        self.call_id = call_id
        self.names = {"call": call_id, "tenant": tenant, "call_sid": call_sid or None}
        """What a record in the log says of the call: by our name of it and by the carrier's."""
        self._writer = writer
        self._tenant = tenant
        self._now = now
        self._seq = 0
        self._turns: list[Turn] = []
        self._unanswered = ""
        self._prompts: set[str] = set()

    def begin(self, began: tape.Began) -> None:
        """The first entry."""
        self._append(0.0, *tape.began_entry(began))

    def event(self, at: float, event: Event | None) -> None:
        """What went into the conversation."""
        self._append(at, *tape.event_entry(event))

    def command(self, at: float, command: Command) -> None:
        """What it asked for."""
        self._append(at, *tape.command_entry(command))

    def turns(self, history: Sequence[Utterance], clock_of: Callable[[int], TurnClock | None]) -> None:
        """Write the turns that have changed; `clock_of` gives the clock of the n-th caller's turn (0: the greeting)."""
        turns = _turns_of(history, clock_of)
        for n, turn in enumerate(turns):
            if n >= len(self._turns) or self._turns[n] != turn:
                self._writer.turn(self.call_id, turn)
        for turn in self._turns[len(turns) :]:  # a turn that was taken as over and was not
            self._writer.turn(self.call_id, Turn(turn.n))
        self._turns = turns

    def unanswered(self, n: int, words: str) -> None:
        """What the caller has said of turn `n`, which nobody has answered: a process that dies now loses no word."""
        if words != self._unanswered:
            self._unanswered = words
            self._writer.turn(self.call_id, Turn(n, caller=words))

    def generation(self, generation: Generation, fate: Fate) -> None:
        """What a model was asked and said."""
        digest = hashlib.sha256(generation.prompt.encode()).hexdigest()
        if digest not in self._prompts:
            self._prompts.add(digest)
            self._writer.prompt(self.call_id, digest, generation.prompt)
        first = generation.first_word_s
        self._writer.generation(
            self.call_id,
            StoredGeneration(
                reply=generation.reply,
                template=generation.template,
                prompt=digest,
                model=generation.model,
                response=generation.response_text(),
                first_word_ms=None if first is None else round(1000 * first, 1),
                total_ms=round(1000 * generation.total_s, 1),
                fate=fate,
                attempt=generation.attempt,
            ),
        )

    def error(
        self, kind: str, *, done: str, room: str = "calls", provider: str | None = None, attempt: int | None = None
    ) -> None:
        """Something went wrong; never the caller's words."""
        record = ErrorRecord(
            kind=kind,
            severity=Severity.ERROR,
            room=room,
            done=done,
            tenant=self._tenant,
            call=self.call_id,
            turn=max(0, len(self._turns) - 1),
            provider=provider,
            attempt=attempt,
        )
        self._writer.error(record, now=self._now().astimezone(UTC))

    def _append(self, at: float, kind: str, body: bytes) -> None:
        self._writer.append(self.call_id, self._seq, at, kind, body)
        self._seq += 1


def _turns_of(history: Sequence[Utterance], clock_of: Callable[[int], TurnClock | None]) -> list[Turn]:
    said: list[tuple[str, list[str]]] = []
    for utterance in history:
        if utterance.speaker == "caller":
            said.append((utterance.text, []))
        elif said:
            said[-1][1].append(utterance.text)
        else:
            said.append(("", [utterance.text]))
    first = 0 if said and not said[0][0] else 1
    turns: list[Turn] = []
    for n, (caller, agent) in enumerate(said, first):
        clock = clock_of(n) or TurnClock()
        turns.append(
            Turn(
                n=n,
                caller=caller,
                agent=" ".join(agent),
                stt_ms=clock.stt_ms,
                llm_ms=clock.llm_ms,
                tts_ms=clock.tts_ms,
                pipeline_ms=clock.pipeline_ms,
                gap_ms=clock.gap_ms,
                interrupted=clock.interrupted,
            )
        )
    return turns
