"""A configuration that cannot be used turns no caller away."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from offhook.audio.phrases import PhraseCache
from offhook.calls.agents import Agent, Agents
from offhook.calls.phrasebook import Phrasebook
from offhook.receptionist.business import Business
from offhook.receptionist.configuration import configuration_of
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.greeting import greeting_of
from offhook.receptionist.receptionist import Receptionist
from offhook.store.records import NewAgent
from offhook.store.store import Store, open_store
from tests.calls.doubles import CodeReader, ToneVoice

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
NUMBER = "+12125550100"


def made(business: Business) -> Agent:
    voice = ToneVoice()
    book = Phrasebook(PhraseCache(), voice, greeting_of(business), NOW.timestamp)
    return Agent(business, greeting_of(business), Receptionist(business), CodeReader(), voice, book)


async def saved(store: Store, **changes: object) -> None:
    body = {**configuration_of(demo_business("plumber")), **changes}
    await store.set_up(NewAgent("acme", "Acme Plumbing", "plumber", body, (NUMBER,)), now=NOW)


async def answering(store: Store, agents: Agents) -> Agent:
    route = await store.find_number(NUMBER)
    assert route is not None
    return await agents.agent_of(route, now=NOW)


async def test_a_broken_edit_is_answered_by_the_last_good_version_and_told_once(tmp_path: Path) -> None:
    async with open_store(tmp_path) as store:
        agents = Agents(store, made)
        await saved(store)
        assert (await answering(store, agents)).business.zone.key == "America/New_York"
        await saved(store, zone="Mars/Olympus")
        for _ in range(3):
            agent = await answering(store, agents)
            assert agent.business.name == demo_business("plumber").name
            assert agent.business.takes_bookings
        assert [error.kind for _, error in await store.errors()] == ["agent_not_loaded"]


async def test_without_a_good_version_messages_are_taken_and_nothing_is_promised(tmp_path: Path) -> None:
    async with open_store(tmp_path) as store:
        await saved(store, hours={"monday": ["18:00-09:00"]})
        agent = await answering(store, Agents(store, made))
    assert not agent.business.takes_bookings
    assert agent.business.services == ()
    assert "Acme Plumbing" in agent.greeting
    assert "automated" in agent.greeting


async def test_an_agent_is_made_once_per_version(tmp_path: Path) -> None:
    times = 0

    def counting(business: Business) -> Agent:
        nonlocal times
        times += 1
        return made(business)

    async with open_store(tmp_path) as store:
        agents = Agents(store, counting)
        await saved(store)
        first = await answering(store, agents)
        assert await answering(store, agents) is first
        await saved(store, tone="brief")
        second = await answering(store, agents)
    assert (times, second.business) == (2, replace(first.business, tone="brief"))
