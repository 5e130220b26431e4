"""Calls, numbers, processes and tokens as the rest of the house uses them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from offhook.receptionist.outcome import Outcome
from offhook.store.errors import NotFound, NumberTaken
from offhook.store.records import INSTALLATION, CallState, NewAgent, NewCall, Turn, new_call_id
from offhook.store.store import open_store
from tests.store.open_stores import NOW, House, open_house

ACME = NewAgent("Acme", "Ava", "dentist", {"greeting": "Hello."}, ("+15005550007",))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


def test_call_ids_sort_by_time_and_never_repeat() -> None:
    ids = [new_call_id(NOW + timedelta(milliseconds=n // 10)) for n in range(100)]
    assert len(set(ids)) == 100
    assert [call[:10] for call in ids] == sorted(call[:10] for call in ids)
    assert {len(call) for call in ids} == {26}


async def test_a_call_is_listed_from_its_beginning_to_its_end(house: House) -> None:
    route = await house.tenant()
    call = await house.call(route)
    house.store.journal_writer.turn(call, Turn(0, agent="Hello."))
    house.store.journal_writer.append(call, 0, 2.5, "Played", b"{}")
    await house.store.journal_writer.flush()
    (listed,) = await house.store.calls()
    assert (listed.state, listed.outcome, listed.seconds) == (CallState.OPEN, None, 2.5)
    assert listed.transcript == (("agent", "Hello."),)

    house.store.journal_writer.turn(call, Turn(1, caller="Bye."))
    await house.store.close_call(
        call, outcome=Outcome.ABANDONED, reason="caller_hung_up", now=NOW + timedelta(seconds=9)
    )
    await house.store.close_call(call, outcome=Outcome.BOOKED, reason="again", now=NOW + timedelta(seconds=99))

    assert (await house.store.call(call)).as_json() == {
        "id": call,
        "line": "chat",
        "from": "",
        "to": route.number,
        "state": "ended",
        "outcome": "abandoned",
        "reason": "caller_hung_up",
        "started": "2026-11-23T15:00:00+00:00",
        "seconds": 9.0,
        "appointments": [],
        "messages": [],
        "transcript": [["agent", "Hello."], ["caller", "Bye."]],
        "turns": [dict.fromkeys(("gap_ms", "pipeline_ms", "stt_ms", "llm_ms", "tts_ms"))] * 2,
    }


async def test_calls_of_all_tenants_are_listed_newest_last(house: House) -> None:
    one, other = await house.tenant(), await house.tenant()
    late = await house.call(one, now=NOW + timedelta(seconds=5))
    early = await house.call(other)
    assert [call.id for call in await house.store.calls()] == [early, late]


async def test_a_call_to_nobody_is_written_down_for_the_installation(house: House) -> None:
    call = NewCall(new_call_id(NOW), INSTALLATION, None, "twilio", "+12125550100", "+12125550999")
    await house.store.reject_call(call, reason="unknown_number", now=NOW)
    (listed,) = await house.store.calls()
    assert (listed.state, listed.outcome, listed.reason) == (CallState.REJECTED, Outcome.REJECTED, "unknown_number")


async def test_a_rejection_that_is_asked_for_again_is_written_down_once(house: House) -> None:
    for again in range(3):
        call = NewCall(new_call_id(NOW), INSTALLATION, None, "twilio", "+12125550100", "+12125550999")
        assert await house.store.reject_call(call, reason="unknown_number", now=NOW, once="twilio:CA1") == (not again)
    call = NewCall(new_call_id(NOW), INSTALLATION, None, "twilio", "+12125550100", "+12125550999")
    assert await house.store.reject_call(call, reason="unknown_number", now=NOW, once="twilio:CA2")
    assert len(await house.store.calls()) == 2


async def test_a_call_is_found_by_its_first_letters_where_they_are_one_calls_alone(house: House) -> None:
    one, other = await house.call(await house.tenant()), await house.call(await house.tenant())
    assert await house.store.call_named(one) == one
    telling = next(n for n in range(1, 27) if one[:n] != other[:n])
    assert await house.store.call_named(one[:telling].upper()) == one
    with pytest.raises(NotFound, match="Several calls begin with"):
        await house.store.call_named(one[: telling - 1])
    for nobodys in ("%", "_", "x"):
        with pytest.raises(NotFound, match="no call"):
            await house.store.call_named(nobodys)


async def test_an_unknown_call_is_told(house: House) -> None:
    with pytest.raises(NotFound, match=r"no call 01x .* `offhook calls`"):
        await house.store.call("01x")
    with pytest.raises(NotFound):
        await house.store.journal("01x")
    with pytest.raises(NotFound):
        await house.store.close_call("01x", outcome=Outcome.FAILED, reason="?", now=NOW)


# Numbers and configurations


async def test_setting_up_again_changes_nothing(house: House) -> None:
    first = await house.store.set_up(ACME, now=NOW)
    again = await house.store.set_up(ACME, now=NOW)
    assert first == again == await house.store.find_number("+15005550007")


async def test_an_edit_is_a_new_version_and_the_last_good_one_stays_at_hand(house: House) -> None:
    first = await house.store.set_up(ACME, now=NOW)
    await house.store.mark_good(first, 1)
    await house.store.set_up(replace(ACME, configuration={"greeting": 7}), now=NOW)
    route = await house.store.find_number("+15005550007")
    assert route is not None
    assert (route.configuration.version, route.configuration.body) == (2, {"greeting": 7})
    assert route.last_good == first.configuration


async def test_a_number_has_one_owner(house: House) -> None:
    await house.store.set_up(ACME, now=NOW)
    with pytest.raises(NumberTaken):
        await house.store.set_up(replace(ACME, tenant="Zenith"), now=NOW)
    route = await house.store.find_number("+15005550007")
    assert route is not None
    assert route.agent_name == "Ava"


async def test_a_number_that_is_switched_off_is_found_inactive(house: House) -> None:
    await house.store.set_up(ACME, now=NOW)
    await house.store.set_active("+15005550007", active=False)
    route = await house.store.find_number("+15005550007")
    assert route is not None
    assert not route.active
    with pytest.raises(NotFound):
        await house.store.set_active("+15005550008", active=True)


# Processes


async def test_a_call_whose_process_stopped_beating_is_closed_with_what_was_said(house: House) -> None:
    call = await house.call(await house.tenant(), process="dead")
    await house.store.beat("dead", now=NOW)
    house.store.journal_writer.turn(call, Turn(0, agent="Hello."))
    house.store.journal_writer.append(call, 0, 3.5, "Played", b"{}")
    await house.store.journal_writer.flush()

    assert await house.store.close_abandoned(now=NOW + timedelta(seconds=59)) == []
    assert await house.store.close_abandoned(now=NOW + timedelta(seconds=61)) == [call]
    assert await house.store.close_abandoned(now=NOW + timedelta(seconds=62)) == []
    closed = await house.store.call(call)
    assert (closed.state, closed.outcome, closed.seconds) == (CallState.INTERRUPTED, Outcome.INTERRUPTED, 3.5)
    assert closed.transcript == (("agent", "Hello."),)


async def test_the_start_of_one_process_closes_nothing_of_anothers(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house, open_store(tmp_path) as second:
        call = await house.call(await house.tenant())
        for minute in range(5):
            now = NOW + timedelta(minutes=minute)
            await house.store.beat("p", now=now)
            await second.beat("second", now=now)
            assert await second.close_abandoned(now=now + timedelta(seconds=20)) == []
        assert (await second.call(call)).state is CallState.OPEN


async def test_a_call_that_was_taken_up_is_not_closed(house: House) -> None:
    call = await house.call(await house.tenant(), process="dead")
    later = NOW + timedelta(seconds=61)
    await house.store.beat("heir", now=later)
    assert await house.store.take_up(call, "heir", now=later)
    assert not await house.store.take_up(call, "another", now=later)
    assert await house.store.close_abandoned(now=later + timedelta(seconds=30)) == []
    assert await house.store.close_abandoned(now=later + timedelta(seconds=61)) == [call], "the heir died too"


async def test_a_call_of_a_living_process_cannot_be_taken(house: House) -> None:
    call = await house.call(await house.tenant())
    assert not await house.store.take_up(call, "thief", now=NOW + timedelta(seconds=30))


async def test_a_call_of_a_process_that_has_not_yet_beaten_has_its_minute_too(house: House) -> None:
    call = await house.call(await house.tenant(), process="new", now=NOW)
    assert await house.store.close_abandoned(now=NOW + timedelta(seconds=59)) == []
    assert await house.store.close_abandoned(now=NOW + timedelta(seconds=61)) == [call]


async def test_a_process_that_was_only_slow_ends_its_call_properly(house: House) -> None:
    call = await house.call(await house.tenant())
    await house.store.close_abandoned(now=NOW + timedelta(seconds=120))
    await house.store.close_call(call, outcome=Outcome.ANSWERED, reason="goodbye", now=NOW + timedelta(seconds=130))
    assert (await house.store.call(call)).state is CallState.ENDED


# Tokens


def modes_of(folder: Path) -> list[int]:
    return [file.stat().st_mode & 0o777 for file in folder.glob("offhook.sqlite3*")]


async def test_no_other_user_of_the_machine_reads_what_was_said(tmp_path: Path) -> None:
    async with open_store(tmp_path):
        modes = modes_of(tmp_path)
        assert len(modes) > 1
        assert set(modes) == {0o600}


async def test_a_token_is_used_once_also_by_two_processes(tmp_path: Path) -> None:
    soon = NOW + timedelta(minutes=1)
    async with open_house(tmp_path) as house, open_store(tmp_path) as second:
        assert await house.store.use_token("t", expires_at=soon, now=NOW)
        assert not await second.use_token("t", expires_at=soon, now=NOW)
        assert not await house.store.use_token("t", expires_at=soon, now=NOW)
        assert await second.use_token("u", expires_at=soon, now=soon + timedelta(seconds=1))
