"""Who holds which call, and what becomes of a call whose holder is gone.

Several processes may share one database, so nobody is presumed dead but who has stopped beating.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from offhook.receptionist.outcome import Outcome
from offhook.store.records import CallState
from offhook.store.tables import CallRow, JournalRow, ProcessRow

GRACE = timedelta(seconds=60)
"""How long a holder may be silent, and how long a call may wait for another to take it up."""


async def beat(session: AsyncSession, process: str, *, now: datetime) -> None:
    """`process` lives."""
    row = insert(ProcessRow).values(id=process, started_at=now, heartbeat_at=now)
    await session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"heartbeat_at": now}))


async def take_up(session: AsyncSession, call_id: str, process: str, *, now: datetime) -> bool:
    """Make `process` the holder of an open call whose own holder is silent."""
    for call in await _unheld(session, now=now):
        if call.id == call_id:
            call.holder, call.claimed_at = process, now
            return True
    return False


async def close_abandoned(session: AsyncSession, *, now: datetime) -> list[str]:
    """Close what nobody holds; a call ends at the last thing its journal knows of it."""
    closed = await _unheld(session, now=now)
    for call in closed:
        last = await session.scalar(select(func.max(JournalRow.at)).where(JournalRow.call_id == call.id))
        call.state = CallState.INTERRUPTED.value
        call.outcome = Outcome.INTERRUPTED.value
        call.reason = "holder_stopped"
        call.ended_at = call.started_at + timedelta(seconds=last or 0.0)
    return [call.id for call in closed]


async def _unheld(session: AsyncSession, *, now: datetime) -> list[CallRow]:
    """Open calls that nobody has claimed lately and whose holder is unknown or silent."""
    silent = (
        select(CallRow)
        .join(ProcessRow, ProcessRow.id == CallRow.holder, isouter=True)
        .where(CallRow.state == CallState.OPEN.value, CallRow.claimed_at < now - GRACE)
        .where((ProcessRow.heartbeat_at.is_(None)) | (ProcessRow.heartbeat_at < now - GRACE))
        .order_by(CallRow.started_at, CallRow.id)
    )
    return list(await session.scalars(silent))
