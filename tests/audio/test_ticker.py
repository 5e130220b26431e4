"""One clock for all calls: no drift, no bursts, and one call's fault is its own."""

import asyncio
import itertools

import pytest

from offhook.audio.ticker import Ticker
from tests import virtual_time


def nobody(error: Exception) -> None:
    raise AssertionError(f"told of {error!r}")


def test_everyone_is_called_once_a_period_without_drift() -> None:
    async def main() -> list[list[float]]:
        times: list[list[float]] = [[] for _ in range(5)]
        async with Ticker(period_s=0.02) as ticker:
            for mine in times:
                ticker.every_period(mine.append, nobody)
            await asyncio.sleep(10.005)
        return times

    for mine in virtual_time.run(main()):
        assert len(mine) == pytest.approx(500, abs=1)
        assert [b - a for a, b in itertools.pairwise(mine)] == pytest.approx([0.02] * (len(mine) - 1))


def test_calls_are_spread_over_the_period() -> None:
    async def main() -> dict[float, int]:
        together: dict[float, int] = {}
        async with Ticker(period_s=0.02, phases=4) as ticker:
            for _ in range(8):
                ticker.every_period(lambda now: together.update({now: together.get(now, 0) + 1}), nobody)
            await asyncio.sleep(0.2)
        return together

    assert set(virtual_time.run(main()).values()) == {2}


def test_after_a_late_tick_everyone_is_called_once_and_the_beat_goes_on() -> None:
    times: list[float] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, virtual_time.VirtualTimeLoop)
        async with Ticker(period_s=0.02, phases=1) as ticker:
            ticker.every_period(times.append, nobody)
            await asyncio.sleep(0.1)
            loop._jumping.now += 0.135  # something held the loop up
            await asyncio.sleep(0.1)

    virtual_time.run(main())
    late = [round(b - a, 3) for a, b in itertools.pairwise(times) if abs(b - a - 0.02) > 1e-6]
    assert len(late) == 2
    assert late[0] > 0.12
    assert late[1] < 0.02
    assert all(abs(at / 0.02 - round(at / 0.02)) < 1e-6 for at in times if at not in times[5:7])


def test_who_raises_is_taken_out_and_told_and_the_others_go_on() -> None:
    told: list[Exception] = []
    well: list[float] = []

    def broken(now: float) -> None:
        raise ValueError(now)

    async def main() -> None:
        async with Ticker(phases=1) as ticker:
            ticker.every_period(broken, told.append)
            ticker.every_period(well.append, nobody)
            await asyncio.sleep(0.101)

    virtual_time.run(main())
    assert len(told) == 1
    assert len(well) == 5


def test_who_stops_is_called_no_more_even_from_within() -> None:
    times: list[float] = []

    async def main() -> None:
        async with Ticker() as ticker:

            def once(now: float) -> None:
                times.append(now)
                beat.stop()

            beat = ticker.every_period(once, nobody)
            await asyncio.sleep(0.2)

    virtual_time.run(main())
    assert len(times) == 1


def test_a_ticker_closed_by_a_tick_leaves_no_timer() -> None:
    async def main() -> None:
        times: list[float] = []
        ticker = Ticker(phases=1)

        def close(now: float) -> None:
            times.append(now)
            ticker.close()

        async with ticker:
            ticker.every_period(close, nobody)
            await asyncio.sleep(1)
        assert len(times) == 1

    virtual_time.run(main())


def test_a_closed_ticker_leaves_no_timer() -> None:
    async def main() -> None:
        times: list[float] = []
        async with Ticker() as ticker:
            ticker.every_period(times.append, nobody)
            await asyncio.sleep(0.1)
        before = len(times)
        await asyncio.sleep(1)
        assert len(times) == before

    virtual_time.run(main())
