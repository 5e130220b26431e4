"""A store for tests, with a business in it whose calls may be opened."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from offhook.store.records import NewAgent, NewCall, Route, new_call_id
from offhook.store.store import Store, open_store

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday, 10:00 in New York."""


_FRESH = count(1)
"""No two tenants of a run are the same, not even in a store that a property opens again and again."""


@dataclass
class House:
    """An open store with tenants that are made as they are needed."""

    store: Store

    async def tenant(self, *, configuration: dict[str, object] | None = None) -> Route:
        n = next(_FRESH)
        wanted = NewAgent(f"Business {n}", "Ava", "dentist", configuration or {"n": n}, (f"+1500555{n:04d}",))
        return await self.store.set_up(wanted, now=NOW)

    async def call(self, route: Route, *, process: str = "p", now: datetime = NOW) -> str:
        call = NewCall(new_call_id(now), route.tenant, route.agent, "chat", "", route.number)
        await self.store.open_call(call, process=process, now=now)
        return call.id


@asynccontextmanager
async def open_house(folder: Path) -> AsyncIterator[House]:
    async with open_store(folder) as store:
        await store.beat("p", now=NOW)
        yield House(store)
