"""No tenant reaches another's rows through any repository, those written next year included."""

from collections.abc import AsyncIterator, Callable
from inspect import get_annotations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from offhook.store import repository as r
from offhook.store import tables as t
from offhook.store.engine import make_engine, prepare
from offhook.store.errors import NotFound
from offhook.store.records import TenantId
from tests.store.open_stores import NOW

ACME, ZENITH = TenantId(2), TenantId(3)
FIXED = {"agent": 1, "appointment": 1}
CALL = "01call"

SAMPLES: dict[type[r.Repository[Any]], Callable[[], t.OfTenant]] = {
    r.Agents: lambda: t.AgentRow(name="Bea", version=1),
    r.Configurations: lambda: t.ConfigurationRow(agent_id=1, version=2, profession="dentist", body={}, saved_at=NOW),
    r.Numbers: lambda: t.NumberRow(e164="+15005550001", agent_id=1),
    r.Calls: lambda: t.CallRow(id="01x", line="chat", caller="", dialled="", state="open", started_at=NOW),
    r.Appointments: lambda: t.AppointmentRow(**_appointment()),
    r.HeldTimes: lambda: t.HeldTimeRow(at=NOW, place=0, appointment_id=1),
    r.DoneActions: lambda: t.ActionRow(
        key="k", same="s", call_id=CALL, kind="book", arguments={}, state="done", receipt="r", facts={}, done_at=NOW
    ),
    r.WrongTries: lambda: t.WrongTryRow(call_id=CALL, attempt="a"),
    r.Messages: lambda: t.MessageRow(name="n", phone="+15005550002", text="t", urgent=False, call_id=CALL),
    r.Callers: lambda: t.CallerRow(phone="+15005550002", name="n", last_call=CALL),
}
"""A row for each repository; one that is missing fails the first test."""

OF_CALLS: dict[type[r.CallRepository[Any]], Callable[[], t.OfCall]] = {
    r.Turns: lambda: t.TurnRow(call_id=CALL, n=0, caller="", agent="Hello.", interrupted=False),
    r.JournalEvents: lambda: t.JournalRow(call_id=CALL, seq=0, at=0.0, kind="PickedUp", body="{}"),
    r.Generations: lambda: t.GenerationRow(
        call_id=CALL, reply=1, attempt=0, template="t", prompt="p", model="m", response="r", fate="kept"
    ),
    r.Prompts: lambda: t.PromptRow(call_id=CALL, digest="d", text="t"),
}


def _appointment() -> dict[str, object]:
    return {
        "service": "cleaning",
        "starts_at": NOW,
        "starts_local": "2026-11-23T10:00",
        "zone": "UTC",
        "ends_at": NOW,
        "name": "n",
        "phone": "+15005550002",
        "notes": "",
        "state": "booked",
        "version": 0,
        "created_by": CALL,
        "changed_by": CALL,
    }


def test_every_repository_is_under_this_test() -> None:
    assert set(r.Repository.__subclasses__()) == SAMPLES.keys()
    assert {each.table for each in SAMPLES} == set(t.OfTenant.__subclasses__()), "a table without a repository"
    assert set(r.CallRepository.__subclasses__()) == OF_CALLS.keys()
    assert {each.table for each in OF_CALLS} == set(t.OfCall.__subclasses__()), "a table without a repository"


def test_only_rows_of_tenants_and_calls_know_them() -> None:
    strays = [
        table
        for table in t.Base.__subclasses__()
        if table not in {t.OfTenant, t.OfCall, t.ErrorRow}  # errors are the operator's
        and {"tenant_id", "call_id"} & get_annotations(table).keys()
    ]
    assert strays == [], "derive from OfTenant or OfCall"


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[AsyncSession]:
    engine = make_engine(prepare(tmp_path))
    async with AsyncSession(engine) as opened:
        opened.add_all([t.TenantRow(id=ACME, name="Acme Dental"), t.TenantRow(id=ZENITH, name="Zenith Plumbing")])
        await opened.flush()
        opened.add(t.AgentRow(id=1, tenant_id=ACME, name="Ava", version=1))
        opened.add(t.CallRow(id=CALL, tenant_id=ACME, line="chat", caller="", dialled="", state="open", started_at=NOW))
        await opened.flush()
        opened.add(t.AppointmentRow(id=1, tenant_id=ACME, **_appointment()))
        await opened.flush()
        yield opened
    await engine.dispose()


@pytest.mark.parametrize("repository", SAMPLES, ids=lambda repository: repository.__name__)
async def test_a_foreign_row_looks_exactly_like_a_missing_one(
    repository: type[r.Repository[Any]], session: AsyncSession
) -> None:
    mine, theirs = repository(session, ACME), repository(session, ZENITH)
    row = await mine.add(SAMPLES[repository]())

    assert row in await mine.all()
    assert await theirs.all() == []
    with pytest.raises(NotFound) as foreign:
        await theirs.get(row.id)
    with pytest.raises(NotFound) as missing:
        await theirs.get("nothing")
    assert str(foreign.value).replace(str(row.id), "#") == str(missing.value).replace("nothing", "#")
    with pytest.raises(AssertionError):
        await theirs.add(row)


@pytest.mark.parametrize("repository", OF_CALLS, ids=lambda repository: repository.__name__)
async def test_what_belongs_to_a_call_belongs_to_its_tenant(
    repository: type[r.CallRepository[Any]], session: AsyncSession
) -> None:
    row = OF_CALLS[repository]()
    session.add(row)
    await session.flush()

    assert await repository(session, ACME).of(CALL) == [row]
    assert await repository(session, ZENITH).of(CALL) == []


async def test_narrower_questions_are_asked_of_ones_own_rows(session: AsyncSession) -> None:
    """Every method of a repository that is not the general one, asked by the wrong tenant."""
    for repository, sample in SAMPLES.items():
        if repository is not r.Appointments:
            await repository(session, ACME).add(sample())
    for_acme, for_zenith = [
        [
            await r.Agents(session, tenant).named("Ava"),
            await r.Configurations(session, tenant).version(1, 2),
            await r.Appointments(session, tenant).touching(NOW.replace(year=2025), NOW.replace(year=2028)),
            await r.Appointments(session, tenant).of_phone("+15005550002", after=NOW.replace(year=2025)),
            await r.Appointments(session, tenant).of_call(CALL),
            await r.HeldTimes(session, tenant).between(NOW, NOW.replace(year=2027)),
            await r.HeldTimes(session, tenant).of_appointment(1),
            await r.DoneActions(session, tenant).of_call(CALL),
            await r.DoneActions(session, tenant).same(CALL, "s"),
            await r.WrongTries(session, tenant).of_call(CALL),
            await r.Messages(session, tenant).of_call(CALL),
            await r.Callers(session, tenant).of_phone("+15005550002"),
        ]
        for tenant in (ACME, ZENITH)
    ]
    assert not any(for_zenith)
    assert sum(map(bool, for_acme)) >= len(for_acme) - 2  # an appointment's own length may be nothing
