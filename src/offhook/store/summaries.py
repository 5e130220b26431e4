"""Rows as values: above all a call with everything that came of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from offhook.receptionist.outcome import Outcome
from offhook.store.records import (
    BookedAppointment,
    CallState,
    CallSummary,
    DoneAction,
    ErrorRecord,
    Fate,
    Generation,
    Severity,
    TakenMessage,
    TenantId,
    Turn,
)
from offhook.store.repository import Appointments, Calls, DoneActions, Messages, Turns
from offhook.store.tables import (
    ActionRow,
    AppointmentRow,
    CallRow,
    ErrorRow,
    GenerationRow,
    JournalRow,
    MessageRow,
    TenantRow,
    TurnRow,
)


@dataclass(slots=True)
class _Left:
    """What one call has left behind, each in its order."""

    turns: list[TurnRow] = field(default_factory=list[TurnRow])
    actions: list[ActionRow] = field(default_factory=list[ActionRow])
    appointments: list[AppointmentRow] = field(default_factory=list[AppointmentRow])
    messages: list[MessageRow] = field(default_factory=list[MessageRow])


async def summary(session: AsyncSession, tenant: TenantId, call_id: str) -> CallSummary:
    """One call of a tenant's; raises NotFound."""
    call = await Calls(session, tenant).get(call_id)
    left = _Left(
        await Turns(session, tenant).of(call_id),
        await DoneActions(session, tenant).of_call(call_id),
        await Appointments(session, tenant).of_call(call_id),
        await Messages(session, tenant).of_call(call_id),
    )
    return _summary(tenant, call, left, seconds=await _seconds(session, call))


async def of_all_tenants(session: AsyncSession) -> list[CallSummary]:
    """Every call, newest last; a handful of queries for each tenant, however many its calls."""
    made: list[CallSummary] = []
    for tenant in [TenantId(found) for found in await session.scalars(select(TenantRow.id))]:
        left: defaultdict[str, _Left] = defaultdict(_Left)
        for turn in await Turns(session, tenant).all():
            left[turn.call_id].turns.append(turn)
        for action in await DoneActions(session, tenant).all():
            left[action.call_id].actions.append(action)
        for appointment in await Appointments(session, tenant).standing():
            for call_id in {appointment.created_by, appointment.changed_by}:
                left[call_id].appointments.append(appointment)
        for message in await Messages(session, tenant).all():
            left[message.call_id].messages.append(message)
        calls = await Calls(session, tenant).all()
        made += [_summary(tenant, call, left[call.id], seconds=await _seconds(session, call)) for call in calls]
    return sorted(made, key=lambda call: (call.started_at, call.id))


def generation(row: GenerationRow) -> Generation:
    """A model's reply."""
    return Generation(
        reply=row.reply,
        template=row.template,
        prompt=row.prompt,
        model=row.model,
        response=row.response,
        first_word_ms=row.first_word_ms,
        total_ms=row.total_ms,
        fate=Fate(row.fate),
        attempt=row.attempt,
    )


def error(row: ErrorRow) -> ErrorRecord:
    """An error."""
    return ErrorRecord(
        kind=row.kind,
        severity=Severity(row.severity),
        room=row.room,
        done=row.done,
        tenant=None if row.about_tenant is None else TenantId(row.about_tenant),
        call=row.call_id,
        turn=row.turn,
        provider=row.provider,
        attempt=row.attempt,
    )


def _summary(tenant: TenantId, call: CallRow, left: _Left, *, seconds: float) -> CallSummary:
    return CallSummary(
        id=call.id,
        tenant=tenant,
        line=call.line,
        caller=call.caller,
        dialled=call.dialled,
        state=CallState(call.state),
        outcome=None if call.outcome is None else Outcome(call.outcome),
        reason=call.reason,
        started_at=call.started_at.astimezone(UTC),
        seconds=seconds,
        turns=tuple(_turn(row) for row in left.turns if row.caller or row.agent),
        actions=tuple(DoneAction(row.kind, row.receipt, row.facts) for row in left.actions),
        appointments=tuple(
            BookedAppointment(row.id, row.service, row.starts_at.astimezone(ZoneInfo(row.zone)), row.name, row.phone)
            for row in left.appointments
        ),
        messages=tuple(TakenMessage(row.name, row.phone, row.text, row.urgent) for row in left.messages),
    )


async def _seconds(session: AsyncSession, call: CallRow) -> float:
    if call.ended_at is not None:
        return max(0.0, (call.ended_at - call.started_at).total_seconds())
    last = await session.scalar(select(func.max(JournalRow.at)).where(JournalRow.call_id == call.id))
    return last or 0.0


def _turn(row: TurnRow) -> Turn:
    return Turn(
        n=row.n,
        caller=row.caller,
        agent=row.agent,
        stt_ms=row.stt_ms,
        llm_ms=row.llm_ms,
        tts_ms=row.tts_ms,
        pipeline_ms=row.pipeline_ms,
        gap_ms=row.gap_ms,
        interrupted=row.interrupted,
    )
