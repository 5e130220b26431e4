"""The claim check: what a model says was done must have its receipt, or it is put right before it is spoken."""

from offhook.conversation.form import Form
from offhook.receptionist.business import Business


class ClaimCheck:
    """Checks the clauses of one business's model."""

    def __init__(self, business: Business) -> None:
        self._business = business

    def spoken(self, clause: str, form: Form) -> str:
        """What may be spoken of `clause`."""
        return clause
