"""The store of an installation: one database, opened once per process. Start reading here.

    async with open_store(folder) as store:
        route = await store.find_number("+15005550007")
        call = NewCall(new_call_id(now), route.tenant, route.agent, line="twilio", caller=..., dialled=...)
        await store.open_call(call, process=me, now=now)
        store.journal_writer.append(call.id, 0, 0.0, "PickedUp", b"{}")     # a plain call: the hot path never waits
        await store.close_call(call.id, outcome=Outcome.BOOKED, reason="agent_said_goodbye", now=now)

Everything of a tenant is reached through a repository made with its `TenantId`. What stands here without one is for
whoever has no tenant yet (a dialled number) or stands above them all (the operator at the command line).
Points in time are aware datetimes and always arguments.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from offhook.receptionist.diary import Diary
from offhook.receptionist.outcome import Outcome
from offhook.store import holding, routing, summaries
from offhook.store.diary import SqlDiary
from offhook.store.engine import READS, make_engine, prepare
from offhook.store.errors import JournalBehind, NotFound
from offhook.store.journal import JournalWriter
from offhook.store.records import (
    CallState,
    CallSummary,
    ErrorRecord,
    Generation,
    JournalEntry,
    NewAgent,
    NewCall,
    Route,
    TenantId,
)
from offhook.store.repository import Calls, Generations, JournalEvents, Prompts
from offhook.store.tables import CallRow, ErrorRow, UsedTokenRow

REJECTION_KNOWN = timedelta(days=1)
"""A carrier repeats a request within minutes."""


class Store:
    """What is kept. Made by `open_store` only."""

    def __init__(self, engine: AsyncEngine, journal_writer: JournalWriter) -> None:
        self._engine = engine
        self.journal_writer = journal_writer
        """Takes a running call's journal, turns, generations, prompts and errors; plain calls."""

    # Configuration

    async def set_up(self, agent: NewAgent, *, now: datetime) -> Route:
        """Make the tenant of this name with the agent and its numbers; what is there already stays.

        A configuration that differs from the newest becomes the next version. Raises NumberTaken.
        """
        async with self._writing() as session:
            return await routing.set_up(session, agent, now=now)

    async def find_number(self, e164: str) -> Route | None:
        """Where this number leads, with the agent's configuration, in one snapshot; None: nobody owns it."""
        async with self._reading() as session:
            return await routing.find_number(session, e164)

    async def mark_good(self, route: Route, version: int) -> None:
        """This version of the agent's configuration could be used: it serves when a later one cannot."""
        async with self._writing() as session:
            await routing.mark_good(session, route, version)

    async def set_active(self, e164: str, *, active: bool) -> None:
        """Switch a number on or off; raises NotFound."""
        async with self._writing() as session:
            await routing.set_active(session, e164, active=active)

    # Calls

    async def open_call(self, call: NewCall, *, process: str, now: datetime) -> None:
        """Write down that a call has begun, held by `process`, which must beat."""
        async with self._writing() as session:
            row = _row(call, CallState.OPEN, now)
            row.holder, row.claimed_at = process, now
            await Calls(session, call.tenant).add(row)

    async def reject_call(
        self, call: NewCall, *, reason: str, now: datetime, outcome: Outcome = Outcome.REJECTED, once: str = ""
    ) -> bool:
        """Write down a call that was never picked up; False: the one of this key `once` is written down already."""
        async with self._writing() as session:
            if once and not await _use_up(session, once, expires_at=now + REJECTION_KNOWN, now=now):
                return False
            row = _row(call, CallState.REJECTED, now)
            row.outcome, row.reason, row.ended_at = outcome.value, reason, now
            await Calls(session, call.tenant).add(row)
            return True

    async def close_call(self, call_id: str, *, outcome: Outcome, reason: str, now: datetime) -> None:
        """The call is over; its journal is on disk when this returns. Harmless when repeated."""
        try:
            await self.journal_writer.flush()
        except JournalBehind as error:
            structlog.get_logger("offhook.store").warning("call_closed_before_its_journal", why=str(error))
        async with self._writing() as session:
            row = await session.get(CallRow, call_id)
            if row is None:
                raise NotFound(_no_call(call_id))
            if row.state in {CallState.OPEN, CallState.INTERRUPTED}:
                row.state, row.outcome, row.reason, row.ended_at = CallState.ENDED.value, outcome.value, reason, now

    async def call(self, call_id: str) -> CallSummary:
        """One call; raises NotFound."""
        async with self._reading() as session:
            return await summaries.summary(session, await self._tenant_of(session, call_id), call_id)

    async def call_named(self, name: str) -> str:
        """The id of the one call whose id is or begins with `name`; raises NotFound where none or several do."""
        async with self._reading() as session:
            beginning = CallRow.id.startswith(name.lower(), autoescape=True)
            found = list(await session.scalars(select(CallRow.id).where(beginning).limit(2)))
        if len(found) > 1:
            raise NotFound(f"Several calls begin with {name!r}. Give more letters; `offhook calls` lists them.")
        if not found:
            raise NotFound(_no_call(name))
        return found[0]

    async def calls(self) -> list[CallSummary]:
        """Every call of every tenant, newest last; open ones too."""
        async with self._reading() as session:
            return await summaries.of_all_tenants(session)

    async def journal(self, call_id: str) -> list[JournalEntry]:
        """A call's journal in order, as far as it is written; raises NotFound for an unknown call."""
        async with self._reading() as session:
            events = JournalEvents(session, await self._tenant_of(session, call_id))
            return [JournalEntry(row.seq, row.at, row.kind, row.body.encode()) for row in await events.of(call_id)]

    async def prompt(self, call_id: str, digest: str) -> str:
        """The full text of a prompt that was composed in this call; raises NotFound."""
        async with self._reading() as session:
            prompts = Prompts(session, await self._tenant_of(session, call_id))
            for row in await prompts.of(call_id):
                if row.digest == digest:
                    return row.text
        raise NotFound(f"Call {call_id} has no prompt {digest}. Its generations name those it has.")

    async def generations(self, call_id: str) -> list[Generation]:
        """What models were asked and said in this call, in order."""
        async with self._reading() as session:
            rows = await Generations(session, await self._tenant_of(session, call_id)).of(call_id)
            return [summaries.generation(row) for row in rows]

    # Processes

    async def beat(self, process: str, *, now: datetime) -> None:
        """`process` lives; to be said every 10 s or so, and before its first call."""
        async with self._writing() as session:
            await holding.beat(session, process, now=now)

    async def take_up(self, call_id: str, process: str, *, now: datetime) -> bool:
        """Make `process` the holder of a call whose own has stopped beating; False: another was faster, or it lives."""
        async with self._writing() as session:
            return await holding.take_up(session, call_id, process, now=now)

    async def close_abandoned(self, *, now: datetime) -> list[str]:
        """Close as interrupted what nobody has held for a minute; gives the calls' ids."""
        async with self._writing() as session:
            return await holding.close_abandoned(session, now=now)

    # The rest

    def diary(self, tenant: TenantId) -> Diary:
        """What `receptionist.actions.Actions` works on."""
        return SqlDiary(self._engine, tenant)

    async def use_token(self, token: str, *, expires_at: datetime, now: datetime) -> bool:
        """Use up a one-time token; False: it was used before. `expires_at`: when it is worthless anyway."""
        async with self._writing() as session:
            return await _use_up(session, token, expires_at=expires_at, now=now)

    async def report_once(self, key: str, error: ErrorRecord, *, now: datetime) -> bool:
        """Write an error down unless one of this key is there; True: it was news."""
        async with self._writing() as session:
            row = insert(ErrorRow).values(
                at=now,
                once=key,
                kind=error.kind,
                severity=error.severity.value,
                room=error.room,
                done=error.done,
                about_tenant=error.tenant,
                call_id=error.call,
                turn=error.turn,
                provider=error.provider,
                attempt=error.attempt,
            )
            added = await session.scalar(row.on_conflict_do_nothing().returning(ErrorRow.id))
            return added is not None

    async def errors(self) -> list[tuple[datetime, ErrorRecord]]:
        """Every error of the installation with its time, oldest first."""
        async with self._reading() as session:
            return [
                (row.at, summaries.error(row)) for row in await session.scalars(select(ErrorRow).order_by(ErrorRow.id))
            ]

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self._engine.execution_options(**READS)) as session, session.begin():
            yield session

    async def _tenant_of(self, session: AsyncSession, call_id: str) -> TenantId:
        row = await session.get(CallRow, call_id)
        if row is None:
            raise NotFound(_no_call(call_id))
        return TenantId(row.tenant_id)


@asynccontextmanager
async def open_store(folder: Path) -> AsyncIterator[Store]:
    """Open the database in `folder`, made and brought up to date where needed; raises UnusableStore."""
    file = await asyncio.to_thread(prepare, folder)
    engine = make_engine(file)
    writer = JournalWriter(file)
    try:
        async with writer.running():
            yield Store(engine, writer)
    finally:
        await engine.dispose()


async def _use_up(session: AsyncSession, token: str, *, expires_at: datetime, now: datetime) -> bool:
    await session.execute(delete(UsedTokenRow).where(UsedTokenRow.expires_at < now))
    row = insert(UsedTokenRow).values(token=token, expires_at=expires_at)
    added = await session.scalar(row.on_conflict_do_nothing().returning(UsedTokenRow.token))
    return added is not None


def _row(call: NewCall, state: CallState, now: datetime) -> CallRow:
    return CallRow(
        id=call.id,
        agent_id=call.agent,
        line=call.line,
        caller=call.caller,
        dialled=call.dialled,
        state=state.value,
        started_at=now,
    )


def _no_call(call_id: str) -> str:
    return f"There is no call {call_id} here. `offhook calls` lists those there are."
