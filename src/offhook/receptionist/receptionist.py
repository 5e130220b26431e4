"""The receptionist: answers a caller's turn with any language model, and with the script when no model can.

    async for event in receptionist.reply(think, now=now, record=keep):
        conversation.receive(event, now=clock())

What leaves is what the conversation understands: words by the clause, notes for the form, proposed actions. The
composer decides what a model is told, the claim check what may be spoken of what it says; what code hears for certain
is noted before any model is asked. A model that claims, calls or keeps silent where it must not is told so and asked
again within the same reply; one that does not learn it is treated as one that failed.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Final

from offhook.conversation.actions import ActionResult
from offhook.conversation.commands import Think
from offhook.conversation.events import FormNoted, ReplyText
from offhook.conversation.form import FormChange
from offhook.providers.errors import AllProvidersFailed, ProviderError, ProviderUnintelligible
from offhook.providers.llm import LanguageModel
from offhook.receptionist import prompt_text
from offhook.receptionist.business import Business
from offhook.receptionist.emergency import find_emergency
from offhook.receptionist.form_notes import FREE, MOST_FREE, OFFERED
from offhook.receptionist.generation import Generation, Record
from offhook.receptionist.heard import heard_change
from offhook.receptionist.proposals import Turn, found_in, is_emergency
from offhook.receptionist.scripted import ScriptedReceptionist
from offhook.receptionist.tools import BOOKING_TOOLS
from offhook.receptionist.writing import Desk, Progress, Writing, Written

__all__ = ["Generation", "Receptionist", "Record", "Written"]

MOST_REQUESTS: Final = 3
"""How often one model is asked for one reply, or one part of it between two actions."""


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
        self._desk = Desk(business, first_piece_s=first_piece_s, next_piece_s=next_piece_s)

    async def reply(self, think: Think, *, now: datetime, record: Record) -> AsyncGenerator[Written, None]:
        """Answer the caller, or go on with the reply that `think` continues.

        Raises:
            AllProvidersFailed: Nobody is left to ask; in practice only when the script itself is broken.
        """
        failures: list[ProviderError] = []
        turn = Turn.of(think, now)
        progress = Progress(think, turn, record, think.form, think.begun, asks="?" in think.begun)
        emergency = is_emergency(think.form) or find_emergency(self.business, turn.said) is not None
        models = () if emergency else self._models
        if models and (change := self._known(think, now)) is not None:
            progress.form = progress.form.changed(change)
            yield FormNoted(think.reply, change)
        for model in models:
            try:
                async with aclosing(self._by_model(model, progress)) as events:
                    async for event in events:
                        yield event
                return
            except ProviderError as failure:
                failures.append(failure)
            if progress.form.asking != think.form.asking:  # who follows must know what the caller was answering
                change = FormChange(asking=think.form.asking, asks_nothing=think.form.asking is None)
                progress.form = progress.form.changed(change)
                yield FormNoted(think.reply, change)
        try:
            async with aclosing(self._by_script(progress)) as events:
                async for event in events:
                    yield event
        except ProviderError as failure:
            raise AllProvidersFailed([*failures, failure]) from failure

    def _known(self, think: Think, now: datetime) -> FormChange | None:
        """What code knows before a model is asked: the caller's certain answers, or what the actions brought."""
        if not think.results:
            request = self._desk.composer.request(think, now=now, form=think.form)
            return heard_change(self.business, request)
        if any(result.receipt is not None and result.receipt.kind in BOOKING_TOOLS for result in think.results):
            return FormChange(dropped=(FREE, OFFERED))  # what was free then need not be any more
        slots = next((result.slots for result in reversed(think.results) if result.slots), ())
        known = [each for each in (think.form.value(FREE) or "").split(",") if each and each not in slots]
        answers = dict(found_in(think.results))
        if slots:
            answers |= {OFFERED: ",".join(slots), FREE: ",".join([*known, *slots][-MOST_FREE:])}
        return FormChange(answers=answers) if answers else None

    async def _by_script(self, progress: Progress) -> AsyncGenerator[Written, None]:
        """The reply as the script goes on with it. It hears the turn itself, so it gets the form as it was before."""
        think = progress.think
        request = self._desk.composer.request(
            think, now=progress.turn.now, form=think.form, begun=progress.begun, results=think.results
        )
        async with aclosing(Writing(self._desk, self._script, request, progress, trusted=True).events()) as events:
            async for event in events:
                yield event

    async def _by_model(self, model: LanguageModel, progress: Progress) -> AsyncGenerator[Written, None]:
        """The reply as this model writes it, asked again where it must."""
        think, hint, notes = progress.think, "", True
        refused: list[ActionResult] = []
        for _ in range(MOST_REQUESTS):
            request = self._desk.composer.request(
                think,
                now=progress.turn.now,
                form=progress.form,
                begun=progress.begun,
                results=(*think.results, *refused),
                hint=hint,
                notes=notes,
            )
            writing = Writing(self._desk, model, request, progress, trusted=False)
            async with aclosing(writing.events()) as events:
                async for event in events:
                    yield event
            hint = _why_again(writing, progress)
            if not hint:
                break
            refused += writing.refused
            notes = notes and not writing.noted
        else:
            raise ProviderUnintelligible(model.name, "it keeps doing what it may not", "Try another model.")
        for event in self._rounded_off(model, progress):
            yield event

    def _rounded_off(self, model: LanguageModel, progress: Progress) -> list[Written]:
        """What a reply still needs where the model left it out."""
        think = progress.think
        events: list[Written] = []
        if not progress.said and (not progress.acted or progress.ends_call):
            receipt = think.results[-1].receipt if think.results else None
            if receipt is not None:
                events.append(ReplyText(think.reply, f" {self._desk.claims.told(receipt)} "))
            elif think.results and not progress.ends_call:
                raise ProviderUnintelligible(model.name, "it says nothing of what was found", "Try another model.")
            elif progress.ends_call and not progress.begun.strip():
                events.append(ReplyText(think.reply, prompt_text.GOODBYE))
        if not progress.asks and not progress.acted and progress.form.asking is not None and progress.begun.strip():
            events.append(FormNoted(think.reply, FormChange(asks_nothing=True)))
        return events


def _why_again(writing: Writing, progress: Progress) -> str:
    """Why the model must be asked again for the same reply, as it is told; nothing if it need not."""
    if progress.acted:  # it is asked again anyway, when the action has run
        return ""
    if writing.refused:
        return prompt_text.REFUSED
    if writing.hints:
        return writing.hints[-1]
    return prompt_text.NOTED if writing.noted and not progress.said else ""
