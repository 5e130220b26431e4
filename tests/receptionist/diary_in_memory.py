"""A diary in memory, for conversations without a database; the store's own tests hold the real one."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from offhook.conversation.actions import ActionKind
from offhook.receptionist.diary import Appointment, Effect, Request


@dataclass(frozen=True)
class Message:
    name: str
    phone: str
    text: str
    urgent: bool


@dataclass
class DiaryInMemory:
    """Both the diary and its only page: one caller at a time."""

    appointments: list[Appointment] = field(default_factory=list[Appointment])
    messages: list[Message] = field(default_factory=list[Message])
    notes: list[str] = field(default_factory=list[str])
    signed: list[tuple[Request, Effect]] = field(default_factory=list[tuple[Request, Effect]])
    tries: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    @asynccontextmanager
    async def writing(self, *, now: datetime) -> AsyncGenerator["DiaryInMemory", None]:
        yield self

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator["DiaryInMemory", None]:
        yield self

    async def effects(self, call_id: str, same: str) -> Sequence[Effect]:
        return [effect for request, effect in self.signed if (request.call_id, request.same) == (call_id, same)]

    async def bookings(self, call_id: str) -> int:
        return sum(
            request.call_id == call_id and effect.receipt.kind is ActionKind.BOOK for request, effect in self.signed
        )

    async def appointment(self, appointment_id: int) -> Appointment:
        return self.appointments[appointment_id - 1]

    async def standing(self, *, since: datetime, until: datetime) -> Sequence[Appointment]:
        standing = [
            each for each in self.appointments if not each.cancelled and each.ends_at > since and each.starts_at < until
        ]
        return sorted(standing, key=lambda each: each.starts_at)

    async def of_phone(self, phone: str, *, after: datetime) -> Sequence[Appointment]:
        theirs = [
            each for each in self.appointments if each.phone == phone and each.starts_at > after and not each.cancelled
        ]
        return sorted(theirs, key=lambda each: each.starts_at)

    async def book(self, wanted: Appointment, *, places: int, notes: str, call_id: str) -> Appointment | None:
        if self._full(wanted, places):
            return None
        booked = replace(wanted, id=len(self.appointments) + 1)
        self.appointments.append(booked)
        self.notes.append(notes)
        return booked

    async def move(self, moved: Appointment, *, places: int, call_id: str) -> Appointment | None:
        if self._full(moved, places):
            return None
        old = self.appointments[moved.id - 1]
        new = replace(moved, version=old.version + 1)
        self.appointments[moved.id - 1] = new
        return new

    async def cancel(self, appointment: Appointment, *, call_id: str) -> Appointment:
        new = replace(appointment, version=appointment.version + 1, cancelled=True)
        self.appointments[appointment.id - 1] = new
        return new

    async def take_message(self, *, name: str, phone: str, text: str, urgent: bool, call_id: str) -> None:
        self.messages.append(Message(name, phone, text, urgent))

    async def wrong_try(self, call_id: str, attempt: str) -> None:
        self.tries.add((call_id, attempt))

    async def wrong_tries(self, call_id: str) -> int:
        return sum(call == call_id for call, _ in self.tries)

    async def sign(self, request: Request, effect: Effect) -> None:
        self.signed.append((request, effect))

    def _full(self, wanted: Appointment, places: int) -> bool:
        begins, ends = wanted.starts_at.astimezone(UTC), wanted.ends_at.astimezone(UTC)
        others = [each for each in self.appointments if not each.cancelled and each.id != wanted.id]
        return sum(each.starts_at < ends and each.ends_at > begins for each in others) >= places
