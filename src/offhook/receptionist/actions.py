"""Actions carried out: checked by code, done once, proved by a receipt."""

from datetime import datetime

from offhook.conversation.actions import Action, ActionResult
from offhook.receptionist.business import Business
from offhook.receptionist.diary import Diary


class Actions:
    """The actions of one call; the table in `offhook.conversation.actions` is its contract."""

    def __init__(self, business: Business, diary: Diary, *, call_id: str) -> None:
        self._business = business
        self._diary = diary
        self._call_id = call_id

    async def run(self, action: Action, *, now: datetime) -> ActionResult:
        """Do it, or say what is in the way. A repeat gives the same receipt while its effect stands."""
        raise NotImplementedError
