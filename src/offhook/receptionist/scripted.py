"""The receptionist that needs no model: the embedded default, and the last resort when every model fails."""

from collections.abc import AsyncGenerator

from offhook.providers.llm import Piece, Request
from offhook.receptionist.business import Business
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.routing import answer_caller, go_on


class ScriptedReceptionist:
    """A `LanguageModel` that serves by script.

    It keeps nothing: what it knows of the call is in the request's form, so it may be asked on a guess, dropped,
    or follow a model that failed in the middle of a call.
    """

    name = "scripted"

    def __init__(self, business: Business) -> None:
        self._business = business

    async def reply(self, request: Request) -> AsyncGenerator[Piece, None]:
        """See `LanguageModel.reply`; never raises."""
        for piece in self.pieces(request):
            yield piece

    def pieces(self, request: Request) -> list[Piece]:
        """The whole reply, or what follows the actions it has asked for."""
        draft = Draft(request, self._business)
        if request.results:
            for receipt in (result.receipt for result in request.results):
                if receipt is not None:
                    draft.form = draft.form.with_receipt(receipt)
            go_on(draft, request.results[-1])
        else:
            answer_caller(draft, request.history[-1].text if request.history else "")
        return draft.pieces()
