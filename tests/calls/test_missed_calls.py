"""Calls that were admitted and never connected: the owner sees each of them, once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from offhook.calls.awaited import STREAM_LIMIT
from offhook.calls.line import Accepted, Incoming
from offhook.receptionist.outcome import Outcome
from offhook.store.records import CallState, CallSummary
from tests.calls.doubles import Caller, polite
from tests.calls.house import NUMBER, House, run

LIMIT_S = STREAM_LIMIT.total_seconds()
RINGS = Incoming("twilio", "+12125550100", NUMBER, "CA1", {})


def kept(then: Callable[[House], Awaitable[None]]) -> list[CallSummary]:
    """What is stored after a call was admitted (twice, as carriers repeat themselves) and `then`."""

    async def main() -> list[CallSummary]:
        async with House().open() as house:
            for _ in range(2):
                assert isinstance(await house.switchboard.admit(RINGS), Accepted)
            await then(house)
            await asyncio.sleep(3 * LIMIT_S)
            return list(house.store.summaries.values())

    return run(main())


async def nothing_comes(house: House) -> None:
    await asyncio.sleep(LIMIT_S - 1)
    assert house.store.summaries == {}, "its stream may yet come"


def test_a_call_whose_stream_never_comes_is_kept_as_failed() -> None:
    [call] = kept(nothing_comes)
    assert (call.state, call.outcome, call.reason) == (CallState.REJECTED, Outcome.FAILED, "no_stream")
    assert (call.line, call.caller, call.dialled) == ("twilio", RINGS.caller, NUMBER)


@pytest.mark.parametrize("reason", ["wrong_codec", "no_stream"])
def test_a_call_whose_stream_is_refused_is_kept_with_the_first_reason(reason: str) -> None:
    async def refused(house: House) -> None:
        house.switchboard.missed("CA1", reason)
        house.switchboard.missed("CA1", "another")
        await asyncio.sleep(1)
        await house.switchboard.admit(RINGS)

    [call] = kept(refused)
    assert (call.outcome, call.reason) == (Outcome.FAILED, reason)


def test_a_call_that_was_connected_is_not_missed() -> None:
    async def connected(house: House) -> None:
        accepted = await house.switchboard.admit(RINGS)
        assert isinstance(accepted, Accepted)
        caller = Caller(polite("<hang up>"))
        incoming = Incoming("twilio", RINGS.caller, NUMBER, "CA1", {"route": accepted.route})
        owner = house.switchboard.connect(incoming, caller)
        await caller.call(owner)
        await house.switchboard.closed(owner)
        house.switchboard.missed("CA1", "no_stream")
        await house.switchboard.admit(RINGS)

    [call] = kept(connected)
    assert (call.state, call.outcome) == (CallState.ENDED, Outcome.ABANDONED)


def test_a_call_nobody_asked_about_is_not_missed() -> None:
    async def main() -> None:
        async with House().open() as house:
            house.switchboard.missed("CA2", "no_stream")
            await asyncio.sleep(1)
            assert house.store.summaries == {}

    run(main())
