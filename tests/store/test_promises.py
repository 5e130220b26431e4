"""Promises 1 and 5, as far as the store holds them."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.store.records import NewAgent, Route, Turn
from tests.store.open_stores import NOW, House, open_house

WORDS = st.text(min_size=1, max_size=40)
EXCHANGES = st.lists(st.tuples(WORDS, WORDS), max_size=12)


@given(calls=st.lists(EXCHANGES, min_size=1, max_size=4), data=st.data())
def test_a_conversation_is_read_back_with_all_exchanges_in_order(
    calls: list[list[tuple[str, str]]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Several calls at once, written down as they happen.

    Feature: ai-voice-agent, Property 5: conversation saved and read back, all exchanges are there in order
    """
    order = data.draw(st.permutations([n for n, exchanges in enumerate(calls) for _ in exchanges]))
    flushes = data.draw(st.sets(st.integers(0, max(0, len(order) - 1))))
    asyncio.run(_converse(tmp_path_factory.getbasetemp() / "conversations", calls, order, flushes))


async def _converse(folder: Path, calls: list[list[tuple[str, str]]], order: list[int], flushes: set[int]) -> None:
    async with open_house(folder) as house:
        route = await house.tenant()
        ids = [await house.call(route) for _ in calls]
        writer = house.store.journal_writer
        so_far = [0] * len(calls)
        for step, n in enumerate(order):
            caller, agent = calls[n][so_far[n]]
            so_far[n] += 1
            writer.turn(ids[n], Turn(so_far[n], caller=caller))
            if step in flushes:
                await writer.flush()
            writer.turn(ids[n], Turn(so_far[n], caller=caller, agent=agent, gap_ms=500.0))
    async with open_house(folder) as house:
        for call, exchanges in zip(ids, calls, strict=True):
            said = [line for caller, agent in exchanges for line in (("caller", caller), ("agent", agent))]
            assert list((await house.store.call(call)).transcript) == said


EDITS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["edit", "switch_off", "switch_on"])), max_size=8)
PER_TENANT = 5
"""Calls that ring one after another for each one drawn."""


@given(edits=EDITS, callers=st.lists(st.integers(0, 2), min_size=1, max_size=6))
def test_a_number_leads_to_one_agent_while_it_is_being_edited(
    edits: list[tuple[int, str]], callers: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Calls come in for three tenants while all three are being edited.

    Feature: ai-voice-agent, Property 1: any incoming number maps to exactly one active agent, also while it is edited
    """
    asyncio.run(_edit_and_call(tmp_path_factory.getbasetemp() / "numbers", edits, callers))


async def _edit_and_call(folder: Path, edits: list[tuple[int, str]], callers: list[int]) -> None:
    async with open_house(folder) as house:
        numbers = [(await house.tenant()).number for _ in range(3)]
        first = [await house.store.set_up(_as_edited(number, edit=0), now=NOW) for number in numbers]
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_edit(house, numbers, edits))
            rung = [(n, tasks.create_task(_ring(house, _as_edited(numbers[n], edit=0)))) for n in callers]
        for n, routes in rung:
            assert {(route.tenant, route.agent) for route in routes.result()} == {(first[n].tenant, first[n].agent)}
        last = [await house.store.find_number(route.number) for route in first]
        for n, route in enumerate(last):
            switched = [what for whose, what in edits if whose == n and what != "edit"]
            assert route is not None
            assert route.active is (switched[-1:] != ["switch_off"])


def _as_edited(number: str, *, edit: int) -> NewAgent:
    """Every part of a configuration says whose it is and of which edit."""
    mark = f"{number} {edit}"
    return NewAgent(f"Tenant of {number}", "Zoe", mark, {"prompt": mark, "voice": mark}, (f"{number}9",))


async def _edit(house: House, numbers: list[str], edits: list[tuple[int, str]]) -> None:
    for edit, (n, what) in enumerate(edits, 1):
        agent = _as_edited(numbers[n], edit=edit)
        if what == "edit":
            await house.store.set_up(agent, now=NOW)
        else:
            await house.store.set_active(agent.numbers[0], active=what == "switch_on")


async def _ring(house: House, agent: NewAgent) -> list[Route]:
    routes: list[Route] = []
    for _ in range(PER_TENANT):
        route = await house.store.find_number(agent.numbers[0])
        assert route is not None
        body = route.configuration.body
        assert {body["prompt"], body["voice"]} == {route.configuration.profession}, "half of an edit"
        assert agent.tenant.endswith(str(body["prompt"]).split()[0]), "another tenant's prompt"
        routes.append(route)
    versions = [route.configuration.version for route in routes]
    assert versions == sorted(versions), "an edit was taken back"
    return routes
