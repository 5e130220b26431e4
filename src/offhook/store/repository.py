"""The only door to tenants' rows: a repository, which cannot be made without a tenant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from offhook.store.errors import NotFound
from offhook.store.records import TenantId
from offhook.store.tables import (
    ActionRow,
    AgentRow,
    AppointmentRow,
    CallerRow,
    CallRow,
    ConfigurationRow,
    GenerationRow,
    HeldTimeRow,
    JournalRow,
    MessageRow,
    NumberRow,
    OfCall,
    OfTenant,
    PromptRow,
    TurnRow,
    WrongTryRow,
)

Row = TypeVar("Row", bound=OfTenant)
Told = TypeVar("Told", bound=OfCall)


class Repository(Generic[Row]):
    """Rows of one table that belong to one tenant. Every query starts from `_mine`."""

    table: type[Row]

    def __init__(self, session: AsyncSession, tenant: TenantId) -> None:
        self._session = session
        self._tenant = tenant

    def _mine(self) -> Select[Row]:
        return select(self.table).where(self.table.tenant_id == self._tenant)

    async def get(self, row_id: int | str) -> Row:
        """The row; raises NotFound."""
        row = await self._session.scalar(self._mine().where(self.table.id == row_id))
        if row is None:
            raise NotFound(f"There is no {self.table.__tablename__} {row_id}. Look at what is listed for this tenant.")
        return row

    async def all(self) -> list[Row]:
        """Every row, oldest first."""
        return list(await self._session.scalars(self._mine().order_by(self.table.id)))

    async def add(self, row: Row) -> Row:
        """Store a new row as this tenant's."""
        assert row.tenant_id in (None, self._tenant), "a row of another tenant"
        row.tenant_id = self._tenant
        self._session.add(row)
        await self._session.flush()
        return row


class CallRepository(Generic[Told]):
    """Rows of one table that belong to calls of one tenant. Every query starts from `_mine`."""

    table: type[Told]

    def __init__(self, session: AsyncSession, tenant: TenantId) -> None:
        self._session = session
        self._tenant = tenant

    def _mine(self) -> Select[Told]:
        return (
            select(self.table).join(CallRow, CallRow.id == self.table.call_id).where(CallRow.tenant_id == self._tenant)
        )

    async def of(self, call_id: str) -> list[Told]:
        """The call's rows in the order of their key; none of another tenant's call."""
        which = self._mine().where(self.table.call_id == call_id)
        return list(await self._session.scalars(which.order_by(*self.table.__table__.primary_key)))

    async def all(self) -> list[Told]:
        """Those of all the tenant's calls, call by call."""
        return list(await self._session.scalars(self._mine().order_by(*self.table.__table__.primary_key)))


class Agents(Repository[AgentRow]):
    """Configured receptionists."""

    table = AgentRow

    async def named(self, name: str) -> AgentRow | None:
        """The agent of this name."""
        return await self._session.scalar(self._mine().where(AgentRow.name == name))

    async def at(self, numbers: Sequence[str]) -> AgentRow | None:
        """An agent to which one of these numbers leads."""
        led = select(NumberRow.agent_id).where(NumberRow.e164.in_(numbers))
        return await self._session.scalar(self._mine().where(AgentRow.id.in_(led)).limit(1))


class Configurations(Repository[ConfigurationRow]):
    """Versions of agents' configurations."""

    table = ConfigurationRow

    async def version(self, agent: int, version: int) -> ConfigurationRow | None:
        """One version."""
        which = (ConfigurationRow.agent_id == agent, ConfigurationRow.version == version)
        return await self._session.scalar(self._mine().where(*which))


class Numbers(Repository[NumberRow]):
    """Telephone numbers."""

    table = NumberRow


class Calls(Repository[CallRow]):
    """Calls, open ones too."""

    table = CallRow


class Turns(CallRepository[TurnRow]):
    """What was said, and how fast."""

    table = TurnRow


class JournalEvents(CallRepository[JournalRow]):
    """What happened in calls."""

    table = JournalRow


class Generations(CallRepository[GenerationRow]):
    """What models were asked and said."""

    table = GenerationRow


class Prompts(CallRepository[PromptRow]):
    """The full text of composed prompts."""

    table = PromptRow


class DoneActions(Repository[ActionRow]):
    """Actions that took effect."""

    table = ActionRow

    async def of_call(self, call_id: str) -> list[ActionRow]:
        """What this call did, oldest first."""
        return list(
            await self._session.scalars(self._mine().where(ActionRow.call_id == call_id).order_by(ActionRow.id))
        )

    async def same(self, call_id: str, same: str) -> list[ActionRow]:
        """What this call did with the same arguments, oldest first."""
        which = (ActionRow.call_id == call_id, ActionRow.same == same)
        return list(await self._session.scalars(self._mine().where(*which).order_by(ActionRow.id)))


class Appointments(Repository[AppointmentRow]):
    """The diary."""

    table = AppointmentRow

    def _standing(self) -> Select[AppointmentRow]:
        return (
            self._mine().where(AppointmentRow.state == "booked").order_by(AppointmentRow.starts_at, AppointmentRow.id)
        )

    async def standing(self) -> list[AppointmentRow]:
        """All that stand, soonest first."""
        return list(await self._session.scalars(self._standing()))

    async def touching(self, since: datetime, until: datetime) -> list[AppointmentRow]:
        """Those that stand and touch this time, soonest first."""
        touches = (AppointmentRow.starts_at < until, AppointmentRow.ends_at > since)
        return list(await self._session.scalars(self._standing().where(*touches)))

    async def of_phone(self, phone: str, *, after: datetime) -> list[AppointmentRow]:
        """Those that stand and begin after this, soonest first."""
        theirs = (AppointmentRow.phone == phone, AppointmentRow.starts_at > after)
        return list(await self._session.scalars(self._standing().where(*theirs)))

    async def of_call(self, call_id: str) -> list[AppointmentRow]:
        """Those that stand and that this call made or last changed."""
        touched = or_(AppointmentRow.created_by == call_id, AppointmentRow.changed_by == call_id)
        return list(await self._session.scalars(self._standing().where(touched)))


class HeldTimes(Repository[HeldTimeRow]):
    """What appointments take up, five minutes a row."""

    table = HeldTimeRow

    async def between(self, since: datetime, until: datetime) -> list[HeldTimeRow]:
        """Those from `since` up to, not including, `until`."""
        when = (HeldTimeRow.at >= since, HeldTimeRow.at < until)
        return list(await self._session.scalars(self._mine().where(*when)))

    async def of_appointment(self, appointment: int) -> list[HeldTimeRow]:
        """Those of one appointment."""
        return list(await self._session.scalars(self._mine().where(HeldTimeRow.appointment_id == appointment)))


class WrongTries(Repository[WrongTryRow]):
    """Wrong names and numbers."""

    table = WrongTryRow

    async def of_call(self, call_id: str) -> list[WrongTryRow]:
        """Those of one call."""
        return list(await self._session.scalars(self._mine().where(WrongTryRow.call_id == call_id)))


class Messages(Repository[MessageRow]):
    """Messages that callers left."""

    table = MessageRow

    async def of_call(self, call_id: str) -> list[MessageRow]:
        """Those of one call, oldest first."""
        which = self._mine().where(MessageRow.call_id == call_id)
        return list(await self._session.scalars(which.order_by(MessageRow.id)))


class Callers(Repository[CallerRow]):
    """People who have left a name and a number."""

    table = CallerRow

    async def of_phone(self, phone: str) -> CallerRow | None:
        """Whoever left this number last."""
        return await self._session.scalar(self._mine().where(CallerRow.phone == phone))
