"""One request to one model, and what is made of its pieces: words by the clause, notes, actions.

The model proposes. What it says passes the claim check, what it notes is brought into canonical form, what it wants
done is resolved or refused; `hints` and `refused` say why it should be asked again.
"""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Final

from offhook.conversation.actions import Action, ActionKind, ActionResult
from offhook.conversation.commands import Think
from offhook.conversation.events import ActionProposed, FormNoted, ReplyText
from offhook.conversation.form import Form, FormChange, QuestionKind
from offhook.providers.errors import ProviderError, ProviderUnavailable
from offhook.providers.llm import LanguageModel, Piece, Request, Text, ToolCall
from offhook.receptionist import prompt_text
from offhook.receptionist.asked import Questions
from offhook.receptionist.business import Business
from offhook.receptionist.claims import ClaimCheck, Evidence
from offhook.receptionist.clauses import ClauseCutter
from offhook.receptionist.composer import Composer
from offhook.receptionist.generation import Generation, Record
from offhook.receptionist.going_on import GoingOn
from offhook.receptionist.noting import NOTE, UnreadableNote, change_from_arguments
from offhook.receptionist.proposals import Proposals, Turn

Written = ReplyText | FormNoted | ActionProposed

_SENTENCE_END: Final = re.compile(r"[.!?…][\"')\]]*\s*$")
_SENTENCES: Final = re.compile(r".*[.!?…][\"')\]]*\s", re.DOTALL)
_KINDS: Final = frozenset(kind.value for kind in ActionKind)


class Desk:
    """What the writing of one business's replies rests on."""

    def __init__(self, business: Business, *, first_piece_s: float, next_piece_s: float) -> None:
        self.business = business
        self.composer = Composer(business)
        self.claims = ClaimCheck(business)
        self.questions = Questions(business)
        self.proposals = Proposals(business)
        self.first_piece_s = first_piece_s
        self.next_piece_s = next_piece_s


@dataclass(slots=True)
class Progress:
    """How far one reply has come, over all the models that are asked for it."""

    think: Think
    turn: Turn
    record: Record
    form: Form
    begun: str
    asks: bool = False
    """A question was asked in this reply."""
    said: bool = False
    """Something was said since the last actions have run."""
    ends_call: bool = False
    acted: bool = False
    requests: int = 0
    actions: int = 0
    corrections: set[str] = field(default_factory=set[str])


class Writing:
    """One request; read `events` to the end, then what is left to say about it."""

    def __init__(
        self, desk: Desk, model: LanguageModel, request: Request, progress: Progress, *, trusted: bool
    ) -> None:
        self.refused: list[ActionResult] = []
        self.hints: list[str] = []
        self.noted = False
        self.spoke = False
        self._desk = desk
        self._model = model
        self._request = request
        self._progress = progress
        self._trusted = trusted
        """The script: it needs no checking."""
        self._going_on = GoingOn("" if trusted else request.begun)
        self._sentence = _SENTENCES.sub("", request.begun, count=1)
        self._dropping = False
        self._noted_question = False

    async def events(self) -> AsyncGenerator[Written, None]:
        """What the model wants said and done; raises ProviderError."""
        loop = asyncio.get_running_loop()
        progress, began = self._progress, loop.time()
        progress.requests += 1
        generation = Generation(
            progress.think.reply,
            f"{prompt_text.TEMPLATE} {self._desk.business.profession.name}",
            self._request.system,
            self._model.name,
            len(progress.think.results) * 100 + progress.requests - 1,
        )
        cutter = ClauseCutter(began=bool(self._request.begun))
        try:
            async with aclosing(self._pieces()) as pieces:
                async for piece in pieces:
                    if generation.first_word_s is None:
                        generation.first_word_s = loop.time() - began
                    generation.response.append(piece)
                    for event in self._from_piece(piece, cutter):
                        yield event
            for event in self._say_rest(cutter):
                yield event
            generation.complete = True
        except ProviderError as failure:
            generation.problem = failure.problem
            raise
        finally:
            generation.total_s = loop.time() - began
            progress.record(generation)

    async def _pieces(self) -> AsyncGenerator[Piece, None]:
        """The model's pieces, each within its time."""
        patience = self._desk.first_piece_s
        async with aclosing(self._model.reply(self._request)) as pieces:
            while True:
                try:
                    async with asyncio.timeout(patience):
                        piece = await anext(pieces, None)
                except TimeoutError:
                    raise ProviderUnavailable(
                        self._model.name, f"no word within {patience:.1f} s", "Is it overloaded?"
                    ) from None
                if piece is None:
                    return
                yield piece
                patience = self._desk.next_piece_s

    def _from_piece(self, piece: Piece, cutter: ClauseCutter) -> list[Written]:
        match piece:
            case Text():
                return [event for clause in cutter.feed(self._going_on.feed(piece.text)) for event in self._say(clause)]
            case ToolCall():
                return [*self._say_rest(cutter), *self._call(piece)]
            case _:
                return []

    # Words

    def _say_rest(self, cutter: ClauseCutter) -> list[Written]:
        clauses = [*cutter.feed(self._going_on.flush()), cutter.flush()]
        return [event for clause in clauses for event in self._say(clause)]

    def _say(self, clause: str) -> list[Written]:
        if not clause.strip():
            return []
        spoken = clause if self._trusted else self._checked(clause)
        if not spoken.strip():
            return []
        progress = self._progress
        if progress.begun and not progress.begun[-1].isspace() and spoken[0].isalnum():
            spoken = f" {spoken}"
        progress.begun += spoken
        progress.said = self.spoke = True
        events: list[Written] = [ReplyText(progress.think.reply, spoken)]
        change = None if self._trusted else self._desk.questions.in_clause(spoken)
        if change is not None and change.asking is not None:
            progress.asks = True
            if not (self._noted_question and change.asking.kind is QuestionKind.OPEN):
                events.append(self._note(change))
        return events

    def _checked(self, clause: str) -> str:
        """What may be spoken of a clause; nothing of a sentence whose beginning was put right."""
        ends = _SENTENCE_END.search(clause) is not None
        before, self._sentence = self._sentence, "" if ends else self._sentence + clause
        if self._dropping:
            self._dropping = not ends
            return ""
        progress = self._progress
        spoken, hint = self._desk.claims.spoken(clause, Evidence(progress.form, progress.turn.now, before))
        if spoken == clause:
            return clause
        self._dropping = not ends
        if hint:
            self.hints.append(hint)
        said = spoken.strip().casefold()
        if said in progress.corrections:
            return ""
        progress.corrections.add(said)
        return spoken if spoken[-1].isspace() else f"{spoken} "

    # Tools

    def _call(self, call: ToolCall) -> list[Written]:
        if call.name == NOTE:
            return self._take_note(call)
        if call.name not in _KINDS:
            self.hints.append(prompt_text.UNKNOWN_TOOL)
            return []
        progress = self._progress
        progress.actions += 1
        id_ = f"{progress.think.reply}.{len(progress.think.results) + progress.actions}"
        proposed = self._proposed(call, id_)
        if isinstance(proposed, ActionResult):
            self.refused.append(proposed)
            return []
        progress.acted = True
        progress.ends_call = progress.ends_call or proposed.kind is ActionKind.END_CALL
        return [ActionProposed(progress.think.reply, proposed)]

    def _proposed(self, call: ToolCall, id_: str) -> Action | ActionResult:
        if self._trusted:
            arguments = {name: value for name, value in call.arguments.items() if isinstance(value, str)}
            return Action(id_, ActionKind(call.name), arguments)
        return self._desk.proposals.action(call, id_, self._progress.form, self._progress.turn)

    def _take_note(self, call: ToolCall) -> list[Written]:
        try:
            if self._trusted:
                change = change_from_arguments(call.arguments)
            else:
                change = self._desk.proposals.note(call.arguments, self._progress.turn)
        except UnreadableNote:
            return []
        self.noted = True
        self._noted_question = change.asking is not None
        self._progress.asks = self._progress.asks or change.asking is not None
        return [self._note(change)]

    def _note(self, change: FormChange) -> FormNoted:
        self._progress.form = self._progress.form.changed(change)
        return FormNoted(self._progress.think.reply, change)
