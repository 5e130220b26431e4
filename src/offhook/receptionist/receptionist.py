"""The receptionist: answers a caller's turn with any language model, and with the script when no model can.

    async for event in receptionist.reply(think, now=now, record=keep):
        conversation.receive(event, now=clock())

What leaves is what the conversation understands: words by the clause, notes for the form, proposed actions. The
composer decides what a model is told, the claim check what may be spoken of what it says.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime

from offhook.conversation.actions import Action, ActionKind
from offhook.conversation.commands import Think
from offhook.conversation.events import ActionProposed, FormNoted, ReplyText
from offhook.conversation.form import Form, FormChange
from offhook.providers.errors import AllProvidersFailed, ProviderError, ProviderUnavailable
from offhook.providers.llm import LanguageModel, Piece, Request, Text, ToolCall
from offhook.receptionist.business import Business
from offhook.receptionist.claims import ClaimCheck
from offhook.receptionist.clauses import ClauseCutter
from offhook.receptionist.composer import Composer
from offhook.receptionist.emergency import find_emergency
from offhook.receptionist.noting import NOTE, UnreadableNote, change_from_arguments
from offhook.receptionist.outcome import EMERGENCY
from offhook.receptionist.scripted import ScriptedReceptionist

Written = ReplyText | FormNoted | ActionProposed


@dataclass(slots=True)
class Generation:
    """One request to a model and what came of it, for the journal."""

    reply: int
    template: str
    prompt: str
    model: str
    attempt: int = 0
    """Counts the requests for one reply: the next model's after a failure, the next round's after an action."""
    response: list[Piece] = field(default_factory=list[Piece])
    first_word_s: float | None = None
    total_s: float = 0.0
    problem: str | None = None
    complete: bool = False

    def response_text(self) -> str:
        """The raw response: words as they came, tool calls as JSON in double brackets."""
        return "".join(map(_raw, self.response))


Record = Callable[[Generation], None]


class Receptionist:
    """The receptionist of one business.

    Args:
        business: Whom it answers for.
        models: In order of preference; the script comes after them all.
        first_piece_s: Seconds a model may take to begin.
        next_piece_s: Seconds it may pause once it has begun.
    """

    def __init__(
        self,
        business: Business,
        models: Sequence[LanguageModel] = (),
        *,
        first_piece_s: float = 3.0,
        next_piece_s: float = 2.0,
    ) -> None:
        self.business = business
        self._script = ScriptedReceptionist(business)
        self._models = models
        self._first_piece_s = first_piece_s
        self._next_piece_s = next_piece_s
        self._composer = Composer(business)
        self._claims = ClaimCheck(business)

    async def reply(self, think: Think, *, now: datetime, record: Record) -> AsyncGenerator[Written, None]:
        """Answer the caller, or go on with the reply that `think` continues.

        Raises:
            AllProvidersFailed: Nobody is left to ask; in practice only when the script itself is broken.
        """
        failures: list[ProviderError] = []
        begun = think.begun
        said = think.history[-1].text if think.history else ""
        emergency = think.form.value(EMERGENCY) is not None or find_emergency(self.business, said) is not None
        models: Sequence[LanguageModel] = (self._script,) if emergency else (*self._models, self._script)
        for place, model in enumerate(models):
            request = self._composer.request(think, now=now, begun=begun)
            attempt = _Attempt(self, model, think, request, record, place)
            try:
                async with aclosing(attempt.events()) as events:
                    async for event in events:
                        if isinstance(event, ReplyText):
                            begun += event.text
                        yield event
                return
            except ProviderError as failure:
                failures.append(failure)
        raise AllProvidersFailed(failures)

    async def pieces(self, model: LanguageModel, request: Request) -> AsyncGenerator[Piece, None]:
        """A model's pieces, each within its time; raises ProviderError."""
        patience = self._first_piece_s
        async with aclosing(model.reply(request)) as pieces:
            while True:
                try:
                    async with asyncio.timeout(patience):
                        piece = await anext(pieces, None)
                except TimeoutError:
                    raise ProviderUnavailable(
                        model.name, f"no word within {patience:.1f} s", "Is it overloaded?"
                    ) from None
                if piece is None:
                    return
                yield piece
                patience = self._next_piece_s

    def checked(self, clause: str, form: Form, model: LanguageModel) -> str:
        """What may be spoken of `clause`."""
        return clause if model is self._script else self._claims.spoken(clause, form)

    def noticed(self, clause: str, form: Form, model: LanguageModel) -> FormChange | None:
        """What a model's words tell of the form without its saying so: the question it asks."""
        return None if model is self._script else self._composer.question_in(clause, form)


class _Attempt:
    """One model's go at one reply."""

    def __init__(
        self, house: Receptionist, model: LanguageModel, think: Think, request: Request, record: Record, place: int
    ) -> None:
        self._number = len(think.results) * 10 + place
        self._house = house
        self._model = model
        self._think = think
        self._request = request
        self._record = record
        self._form = think.form
        self._actions = 0

    async def events(self) -> AsyncGenerator[Written, None]:
        """What the model wants said and done."""
        loop = asyncio.get_running_loop()
        template, began = self._house.business.profession.name, loop.time()
        generation = Generation(
            self._think.reply, template, self._request.system, self._model.name, self._number
        )
        cutter = ClauseCutter(began=bool(self._request.begun))
        try:
            async with aclosing(self._house.pieces(self._model, self._request)) as pieces:
                async for piece in pieces:
                    if generation.first_word_s is None:
                        generation.first_word_s = loop.time() - began
                    generation.response.append(piece)
                    for event in self._from_piece(piece, cutter):
                        yield event
            for event in self._say(cutter.flush()):
                yield event
            generation.complete = True
        except ProviderError as failure:
            generation.problem = failure.problem
            raise
        finally:
            generation.total_s = loop.time() - began
            self._record(generation)

    def _from_piece(self, piece: Piece, cutter: ClauseCutter) -> list[Written]:
        match piece:
            case Text():
                return [event for clause in cutter.feed(piece.text) for event in self._say(clause)]
            case ToolCall():
                return [*self._say(cutter.flush()), *self._call(piece)]
            case _:
                return []

    def _say(self, clause: str) -> list[Written]:
        if not clause.strip():
            return []
        spoken = self._house.checked(clause, self._form, self._model)
        events: list[Written] = [ReplyText(self._think.reply, spoken)]
        change = self._house.noticed(spoken, self._form, self._model)
        if change is not None:
            events.append(self._note(change))
        return events

    def _call(self, call: ToolCall) -> list[Written]:
        if call.name == NOTE:
            try:
                return [self._note(change_from_arguments(call.arguments))]
            except UnreadableNote:
                return []
        if call.name not in {kind.value for kind in ActionKind}:
            return []
        self._actions += 1
        made = f"{self._think.reply}.{len(self._think.results) + self._actions}"
        arguments = {name: _as_text(value) for name, value in call.arguments.items() if value is not None}
        return [ActionProposed(self._think.reply, Action(made, ActionKind(call.name), arguments))]

    def _note(self, change: FormChange) -> FormNoted:
        self._form = self._form.changed(change)
        return FormNoted(self._think.reply, change)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.strip() if isinstance(value, str) else json.dumps(value)


def _raw(piece: Piece) -> str:
    match piece:
        case Text():
            return piece.text
        case ToolCall():
            arguments: Mapping[str, object] = piece.arguments
            return f"[[{piece.name} {json.dumps(dict(arguments), default=str)}]]"
        case _:
            return ""
