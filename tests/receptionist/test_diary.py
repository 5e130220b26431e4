"""The diary stays true whatever several callers do at once. On the database itself."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.conversation.actions import ActionKind, ActionResult
from tests.receptionist.town import CLEANING, DENTIST, JOHN, MARIA, Caller, Town
from tests.store.open_stores import open_house

_PEOPLE = (MARIA, JOHN, {"name": "Ana Silva", "phone": "+12125550103"})
_STARTS = ("2026-11-24T15:00", "2026-11-24T15:30", "2026-11-24T16:00", "2026-11-25T09:00")
_STEPS = st.tuples(
    st.sampled_from(["book", "book", "cancel", "reschedule", "repeat"]), st.sampled_from(_STARTS), st.integers(0, 2)
)


@given(scripts=st.lists(st.lists(_STEPS, max_size=7), min_size=2, max_size=3), places=st.integers(1, 2))
def test_the_diary_stays_true_whatever_callers_do_at_once(
    tmp_path_factory: pytest.TempPathFactory, scripts: list[list[tuple[str, str, int]]], places: int
) -> None:
    asyncio.run(_play(tmp_path_factory.getbasetemp() / "town", scripts, places))


async def _play(folder: Path, scripts: list[list[tuple[str, str, int]]], places: int) -> None:
    business = replace(DENTIST, places=places)
    async with open_house(folder) as house:
        callers = await Town(house, business).callers(len(scripts))
        async with asyncio.TaskGroup() as tasks:
            played = [
                tasks.create_task(_follow(caller, script)) for caller, script in zip(callers, scripts, strict=True)
            ]
        summaries = [await caller.summary() for caller in callers]
    standing = {made.id: made for summary in summaries for made in summary.appointments}
    _no_overlap([made.start for made in standing.values()], places)
    results = [result for task in played for result in task.result()]
    for result in results:
        assert (result.receipt is None) is (result.problem is not None), (
            "a claim without a proof, or a proof of nothing"
        )
    kept = {done.receipt: dict(done.facts) for summary in summaries for done in summary.actions}
    assert all(kept[result.receipt.id] == result.receipt.facts for result in results if result.receipt)
    booked = len({result.receipt.id for result in results if result.receipt and result.action.kind is ActionKind.BOOK})
    gone = len({result.receipt.id for result in results if result.receipt and result.action.kind is ActionKind.CANCEL})
    assert len(standing) == booked - gone, "an appointment was lost, or made twice"


async def _follow(caller: Caller, script: list[tuple[str, str, int]]) -> list[ActionResult]:
    results: list[ActionResult] = []
    for kind, start, who in script:
        if kind == "repeat":
            if results:
                last = results[-1].action
                results.append(await caller.do(last.kind.value, **last.arguments))
            continue
        results.append(await caller.do(kind, service=CLEANING, start=start, **_PEOPLE[who]))
    return results


def _no_overlap(starts: list[datetime], places: int) -> None:
    length = timedelta(minutes=next(each.minutes for each in DENTIST.services if each.name == CLEANING))
    for start in starts:
        meanwhile = [other for other in starts if other <= start < other + length]
        assert len(meanwhile) <= places, "two people in one chair"
