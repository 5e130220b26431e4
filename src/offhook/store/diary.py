"""A tenant's diary on the database; `offhook.receptionist.diary` says what is promised."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from offhook.conversation.actions import ActionKind, Receipt
from offhook.receptionist.diary import Appointment, Effect, Request
from offhook.store.engine import READS
from offhook.store.records import TenantId
from offhook.store.repository import Appointments, Callers, DoneActions, HeldTimes, Messages, WrongTries
from offhook.store.tables import ActionRow, AppointmentRow, CallerRow, HeldTimeRow, MessageRow, WrongTryRow

GRAIN = timedelta(minutes=5)
"""What the diary's clock counts in; an appointment takes up every grain it touches."""


class SqlDiary:
    """Appointments, messages and receipts of one tenant."""

    def __init__(self, engine: AsyncEngine, tenant: TenantId) -> None:
        self._engine = engine
        self._tenant = tenant

    @asynccontextmanager
    async def writing(self, *, now: datetime) -> AsyncIterator["SqlPage"]:
        """A transaction that no other writer can overtake; an exception undoes it."""
        async with AsyncSession(self._engine, expire_on_commit=False) as session, session.begin():
            yield SqlPage(session, self._tenant, now=now)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator["SqlPage"]:
        """A consistent look that holds nobody up."""
        reads = self._engine.execution_options(**READS)
        async with AsyncSession(reads, expire_on_commit=False) as session, session.begin():
            yield SqlPage(session, self._tenant, now=None)


class SqlPage:
    """One transaction of a tenant's diary."""

    def __init__(self, session: AsyncSession, tenant: TenantId, *, now: datetime | None) -> None:
        self._session = session
        self._now = now
        self._appointments = Appointments(session, tenant)
        self._held = HeldTimes(session, tenant)
        self._actions = DoneActions(session, tenant)
        self._messages = Messages(session, tenant)
        self._callers = Callers(session, tenant)
        self._wrong_tries = WrongTries(session, tenant)

    async def effects(self, call_id: str, same: str) -> Sequence[Effect]:
        """What actions with these arguments have done in this call, oldest first."""
        return [
            Effect(Receipt(row.receipt, ActionKind(row.kind), row.facts), row.appointment_id, row.appointment_version)
            for row in await self._actions.same(call_id, same)
        ]

    async def bookings(self, call_id: str) -> int:
        """How many appointments this call has made, whatever became of them."""
        return sum(row.kind == ActionKind.BOOK for row in await self._actions.of_call(call_id))

    async def appointment(self, appointment_id: int) -> Appointment:
        """The appointment as it stands, cancelled or not."""
        return _appointment(await self._appointments.get(appointment_id))

    async def standing(self, *, since: datetime, until: datetime) -> Sequence[Appointment]:
        """Appointments that stand and touch this time, soonest first."""
        return [_appointment(row) for row in await self._appointments.touching(since, until)]

    async def of_phone(self, phone: str, *, after: datetime) -> Sequence[Appointment]:
        """Appointments that stand and begin after this, soonest first."""
        return [_appointment(row) for row in await self._appointments.of_phone(phone, after=after)]

    async def book(self, wanted: Appointment, *, places: int, notes: str, call_id: str) -> Appointment | None:
        """Write a new appointment; None: no place is free at that time."""
        grains = await self._free(wanted, places=places)
        if grains is None:
            return None
        row = AppointmentRow(
            service=wanted.service,
            zone=str(wanted.starts_at.tzinfo),
            name=wanted.name,
            phone=wanted.phone,
            notes=notes,
            state="booked",
            version=0,
            created_by=call_id,
            changed_by=call_id,
        )
        _set_time(row, wanted)
        await self._appointments.add(row)
        await self._hold(row.id, grains)
        await self._remember(wanted.name, wanted.phone, call_id)
        return _appointment(row)

    async def move(self, moved: Appointment, *, places: int, call_id: str) -> Appointment | None:
        """Give an appointment the service and time of `moved`; None: no place is free at that time."""
        grains = await self._free(moved, places=places)
        if grains is None:
            return None
        row = await self._appointments.get(moved.id)
        await self._release(row.id)
        await self._hold(row.id, grains)
        row.service = moved.service
        _set_time(row, moved)
        _touch(row, call_id)
        return _appointment(row)

    async def cancel(self, appointment: Appointment, *, call_id: str) -> Appointment:
        """The appointment no longer stands and its time is free."""
        row = await self._appointments.get(appointment.id)
        await self._release(row.id)
        row.state = "cancelled"
        _touch(row, call_id)
        return _appointment(row)

    async def take_message(self, *, name: str, phone: str, text: str, urgent: bool, call_id: str) -> None:
        """Keep a message for the business."""
        await self._messages.add(MessageRow(name=name, phone=phone, text=text, urgent=urgent, call_id=call_id))
        await self._remember(name, phone, call_id)

    async def wrong_try(self, call_id: str, attempt: str) -> None:
        """Somebody did not know an appointment's name and number; the same attempt counts once."""
        known = {row.attempt for row in await self._wrong_tries.of_call(call_id)}
        if attempt not in known:
            await self._wrong_tries.add(WrongTryRow(call_id=call_id, attempt=attempt))

    async def wrong_tries(self, call_id: str) -> int:
        """How many such attempts this call has seen."""
        return len(await self._wrong_tries.of_call(call_id))

    async def sign(self, request: Request, effect: Effect) -> None:
        """Keep the receipt."""
        await self._actions.add(
            ActionRow(
                key=request.key,
                same=request.same,
                call_id=request.call_id,
                kind=effect.receipt.kind.value,
                arguments=dict(request.arguments),
                state="done",
                receipt=effect.receipt.id,
                facts=dict(effect.receipt.facts),
                appointment_id=effect.appointment,
                appointment_version=effect.version,
                done_at=self._now,
            )
        )

    async def _free(self, wanted: Appointment, *, places: int) -> dict[datetime, int] | None:
        """A place for each grain of the time that `wanted` needs, its own place counted as free."""
        since = wanted.starts_at.astimezone(UTC)
        since -= timedelta(minutes=since.minute % 5, seconds=since.second, microseconds=since.microsecond)
        until = wanted.ends_at.astimezone(UTC)
        held: dict[datetime, set[int]] = {}
        for row in await self._held.between(since, until):
            if row.appointment_id != wanted.id:
                held.setdefault(row.at, set()).add(row.place)
        grains: dict[datetime, int] = {}
        at = since
        while at < until:
            free = set(range(places)) - held.get(at, set())
            if not free:
                return None
            grains[at] = min(free)
            at += GRAIN
        return grains

    async def _hold(self, appointment: int, grains: Mapping[datetime, int]) -> None:
        for at, place in grains.items():
            await self._held.add(HeldTimeRow(at=at, place=place, appointment_id=appointment))

    async def _release(self, appointment: int) -> None:
        for row in await self._held.of_appointment(appointment):
            await self._session.delete(row)
        await self._session.flush()

    async def _remember(self, name: str, phone: str, call_id: str) -> None:
        row = await self._callers.of_phone(phone)
        if row is None:
            await self._callers.add(CallerRow(phone=phone, name=name, last_call=call_id))
        else:
            row.name, row.last_call = name, call_id


def _set_time(row: AppointmentRow, appointment: Appointment) -> None:
    row.starts_at = appointment.starts_at
    row.starts_local = appointment.starts_at.replace(tzinfo=None).isoformat(timespec="minutes")
    row.ends_at = appointment.ends_at


def _touch(row: AppointmentRow, call_id: str) -> None:
    row.version += 1
    row.changed_by = call_id


def _appointment(row: AppointmentRow) -> Appointment:
    zone = ZoneInfo(row.zone)
    return Appointment(
        id=row.id,
        service=row.service,
        starts_at=row.starts_at.astimezone(zone),
        ends_at=row.ends_at.astimezone(zone),
        name=row.name,
        phone=row.phone,
        version=row.version,
        cancelled=row.state == "cancelled",
    )
