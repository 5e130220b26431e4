"""The composer: what a model is told for one reply."""

from datetime import datetime

from offhook.conversation.commands import Think
from offhook.conversation.form import Form, FormChange
from offhook.providers.llm import Request
from offhook.receptionist.business import Business


class Composer:
    """Builds the requests of one business."""

    def __init__(self, business: Business) -> None:
        self._business = business

    def request(self, think: Think, *, now: datetime, begun: str) -> Request:
        """The request for one reply."""
        return Request(
            system=self._business.profession.system_prompt,
            history=think.history,
            form=think.form,
            now=now,
            results=think.results,
            begun=begun,
        )

    def question_in(self, clause: str, form: Form) -> FormChange | None:
        """The question that `clause` asks, as a change of the form."""
        return None
