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

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from offhook.receptionist.diary import Diary
from offhook.receptionist.outcome import Outcome
from offhook.store.journal import JournalWriter
from offhook.store.records import CallSummary, ErrorRecord, JournalEntry, NewCall, Route, TenantId


class Store:
    """What is kept. Made by `open_store` only."""

    journal_writer: JournalWriter
    """Takes a running call's journal, turns, generations, prompts and errors; plain calls."""

    # Configuration

    async def set_up(
        self,
        tenant: str,
        *,
        agent: str,
        profession: str,
        configuration: Mapping[str, object],
        numbers: tuple[str, ...],
        now: datetime,
    ) -> Route:
        """Make the tenant of this name with one agent and its numbers; what is there already stays.

        A configuration that differs from the newest becomes the next version.
        """
        raise NotImplementedError

    async def find_number(self, e164: str) -> Route | None:
        """Where this number leads, with the agent's configuration, in one snapshot; None: nobody owns it."""
        raise NotImplementedError

    async def mark_good(self, route: Route, version: int) -> None:
        """This version of the agent's configuration could be used: it serves when a later one cannot."""
        raise NotImplementedError

    async def set_active(self, e164: str, active: bool) -> None:
        """Switch a number on or off; raises NotFound."""
        raise NotImplementedError

    # Calls

    async def open_call(self, call: NewCall, *, process: str, now: datetime) -> None:
        """Write down that a call has begun, held by `process`."""
        raise NotImplementedError

    async def reject_call(self, call: NewCall, *, reason: str, now: datetime) -> None:
        """Write down a call that was never picked up."""
        raise NotImplementedError

    async def close_call(self, call_id: str, *, outcome: Outcome, reason: str, now: datetime) -> None:
        """The call is over; its journal is on disk when this returns. Harmless when repeated."""
        raise NotImplementedError

    async def call(self, call_id: str) -> CallSummary:
        """One call; raises NotFound."""
        raise NotImplementedError

    async def calls(self) -> list[CallSummary]:
        """Every call of every tenant, newest last; open ones too."""
        raise NotImplementedError

    async def journal(self, call_id: str) -> list[JournalEntry]:
        """A call's journal in order, as far as it is written; raises NotFound for an unknown call."""
        raise NotImplementedError

    async def prompt(self, digest: str) -> str:
        """The full text of a composed prompt; raises NotFound."""
        raise NotImplementedError

    # Processes

    async def beat(self, process: str, *, now: datetime) -> None:
        """`process` lives; to be said every 10 s or so."""
        raise NotImplementedError

    async def close_abandoned(self, *, now: datetime) -> list[str]:
        """Close as interrupted what nobody has held for a minute; gives the calls' ids."""
        raise NotImplementedError

    # The rest

    def diary(self, tenant: TenantId) -> Diary:
        """What `receptionist.actions.Actions` works on."""
        raise NotImplementedError

    async def use_token(self, token: str, *, expires_at: datetime, now: datetime) -> bool:
        """Use up a one-time token; False: it was used before."""
        raise NotImplementedError

    async def report_once(self, key: str, error: ErrorRecord, *, now: datetime) -> bool:
        """Write an error down unless one of this key is there; True: it was news."""
        raise NotImplementedError


@asynccontextmanager
async def open_store(folder: Path) -> AsyncIterator[Store]:
    """Open the database in `folder`, made and brought up to date where needed; raises UnusableStore."""
    raise NotImplementedError
    yield Store()
