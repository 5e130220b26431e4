"""What the receptionist needs kept: appointments, messages and receipts. Declared here, implemented by the store."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from offhook.conversation.actions import Receipt


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment as it stands in the diary."""

    id: int
    service: str
    starts_at: datetime
    """Aware, in the business's zone."""
    ends_at: datetime
    name: str
    phone: str
    version: int
    """How often it was changed; a fresh one is at 0."""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """An action that took effect in this call, with what it did it to."""

    receipt: Receipt
    appointment: int | None = None
    version: int | None = None
    """The appointment's version that the action made."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is written beside an effect so that a repeat is recognized."""

    call_id: str
    key: str
    """Unique: a hash of call, kind, arguments and the version of what they change."""
    same: str
    """The hash without the version: what a repeat has in common with the first."""
    arguments: Mapping[str, str] = field(default_factory=dict[str, str])


class Page(Protocol):
    """One transaction of a tenant's diary; what it does, happens all or not at all."""

    async def effects(self, call_id: str, same: str) -> Sequence[Effect]:
        """What actions with these arguments have done in this call, oldest first."""
        ...

    async def bookings(self, call_id: str) -> int:
        """How many appointments this call has made, whatever became of them."""
        ...

    async def appointment(self, appointment_id: int) -> Appointment:
        """The appointment as it stands, cancelled or not."""
        ...

    async def standing(self, *, since: datetime, until: datetime) -> Sequence[Appointment]:
        """Appointments that stand and touch this time, soonest first."""
        ...

    async def of_phone(self, phone: str, *, after: datetime) -> Sequence[Appointment]:
        """Appointments that stand and begin after this, soonest first."""
        ...

    async def book(self, wanted: Appointment, *, places: int, notes: str, call_id: str) -> Appointment | None:
        """Write a new appointment (its id is given by the diary); None: no place is free at that time."""
        ...

    async def move(self, moved: Appointment, *, places: int, call_id: str) -> Appointment | None:
        """Give an appointment the service and time of `moved`; None: no place is free at that time."""
        ...

    async def cancel(self, appointment: Appointment, *, call_id: str) -> Appointment:
        """The appointment no longer stands and its time is free."""
        ...

    async def take_message(self, *, name: str, phone: str, text: str, urgent: bool, call_id: str) -> None:
        """Keep a message for the business."""
        ...

    async def wrong_try(self, call_id: str, attempt: str) -> None:
        """Somebody did not know an appointment's name and number; the same attempt counts once."""
        ...

    async def wrong_tries(self, call_id: str) -> int:
        """How many such attempts this call has seen."""
        ...

    async def sign(self, request: Request, effect: Effect) -> None:
        """Keep the receipt."""
        ...


class Diary(Protocol):
    """A tenant's diary."""

    def writing(self, *, now: datetime) -> AbstractAsyncContextManager[Page]:
        """A transaction that no other writer can overtake; an exception undoes it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Page]:
        """A consistent look that holds nobody up."""
        ...
