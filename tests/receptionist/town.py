"""A business on a real database, and callers whose actions reach it."""

from dataclasses import replace

from offhook.conversation.actions import Action, ActionKind, ActionResult
from offhook.receptionist.actions import Actions
from offhook.receptionist.business import Business, TransferTarget
from offhook.receptionist.demo_business import demo_business
from offhook.store.records import CallSummary
from tests.store.open_stores import NOW, House

CLEANING = "teeth cleaning"
MARIA = {"name": "Maria Lopez", "phone": "+12125550101"}
JOHN = {"name": "John O'Brien", "phone": "+12125550102"}
TUESDAY = "2026-11-24T15:00"
DENTIST = replace(demo_business("dentist"), targets=(TransferTarget("the front desk", "+12125550199"),))


class Caller:
    """One call's actions, in few words."""

    def __init__(self, house: House, business: Business, call: str, actions: Actions) -> None:
        self.business = business
        self.call = call
        self.now = NOW
        self._house = house
        self._actions = actions
        self._n = 0

    async def do(self, kind: str, **arguments: str) -> ActionResult:
        self._n += 1
        return await self._actions.run(Action(f"a{self._n}", ActionKind(kind), arguments), now=self.now)

    async def book(self, start: str = TUESDAY, **who: str) -> ActionResult:
        return await self.do("book", service=CLEANING, start=start, **(who or MARIA))

    async def summary(self) -> CallSummary:
        return await self._house.store.call(self.call)

    async def starts(self) -> list[str]:
        return [f"{made.start:%Y-%m-%dT%H:%M}" for made in (await self.summary()).appointments]


class Town:
    """A business whose callers come as they please."""

    def __init__(self, house: House, business: Business = DENTIST) -> None:
        self.house = house
        self.business = business

    async def callers(self, how_many: int) -> list[Caller]:
        route = await self.house.tenant()
        calls = [await self.house.call(route) for _ in range(how_many)]
        diary = self.house.store.diary(route.tenant)
        return [Caller(self.house, self.business, call, Actions(self.business, diary, call_id=call)) for call in calls]

    async def caller(self) -> Caller:
        return (await self.callers(1))[0]
