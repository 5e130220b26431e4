"""Actions are real: checked by code, done once, told to nobody else. On the database itself."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.receptionist.town import CLEANING, DENTIST, JOHN, MARIA, TUESDAY, Town
from tests.store.open_stores import open_house


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_house(tmp_path) as house:
        yield Town(house)


async def test_a_booking_stands_in_the_diary_with_its_receipt(town: Town) -> None:
    caller = await town.caller()

    result = await caller.book()

    assert result.problem is None
    assert result.receipt is not None
    assert result.receipt.facts == {"service": CLEANING, "start": TUESDAY, **MARIA}
    assert result.facts == {"service": CLEANING, "start": TUESDAY}
    summary = await caller.summary()
    assert [made.start.isoformat() for made in summary.appointments] == ["2026-11-24T15:00:00-05:00"]
    assert [(done.kind, done.receipt) for done in summary.actions] == [("book", result.receipt.id)]


async def test_the_same_booking_twice_is_one_booking(town: Town) -> None:
    caller = await town.caller()

    first = await caller.book()
    again = await caller.book(name="maria  LÓPEZ", phone=MARIA["phone"])

    assert again.receipt == first.receipt
    assert await caller.starts() == [TUESDAY]


async def test_book_cancel_and_book_again_leaves_one_appointment(town: Town) -> None:
    caller = await town.caller()

    first = await caller.book()
    cancelled = await caller.do("cancel", **MARIA)
    cancelled_again = await caller.do("cancel", **MARIA)
    second = await caller.book()
    repeated = await caller.book()

    assert cancelled_again.receipt == cancelled.receipt is not None
    assert second.receipt is not None
    assert first.receipt is not None
    assert second.receipt.id != first.receipt.id
    assert repeated.receipt == second.receipt
    assert await caller.starts() == [TUESDAY]


async def test_a_second_cancellation_reaches_the_appointment_that_was_booked_anew(town: Town) -> None:
    caller = await town.caller()
    for _ in range(2):
        assert (await caller.book()).receipt
        assert (await caller.do("cancel", **MARIA)).receipt
    assert await caller.starts() == []


async def test_moving_there_and_back_and_there_again_is_three_moves(town: Town) -> None:
    caller = await town.caller()
    await caller.book()
    receipts = [await caller.do("reschedule", start=f"2026-11-{day}T10:00", **MARIA) for day in (25, 27, 25)]
    again = await caller.do("reschedule", start="2026-11-25T10:00", **MARIA)

    assert len({moved.receipt.id for moved in receipts if moved.receipt}) == 3
    assert again.receipt == receipts[-1].receipt
    assert receipts[0].receipt is not None
    assert receipts[0].receipt.facts["old_start"] == TUESDAY
    assert await caller.starts() == ["2026-11-25T10:00"]


async def test_of_two_callers_one_gets_the_slot_and_the_other_the_next(town: Town) -> None:
    one, other = await town.callers(2)

    async with asyncio.TaskGroup() as tasks:
        first, second = tasks.create_task(one.book(**MARIA)), tasks.create_task(other.book(**JOHN))

    won, lost = sorted((first.result(), second.result()), key=lambda result: result.problem is not None)
    assert won.receipt is not None
    assert lost.problem == "taken"
    assert lost.receipt is None
    assert lost.slots
    assert TUESDAY not in lost.slots
    loser = one if lost is first.result() else other
    assert (await loser.book(start=lost.slots[0], **JOHN)).receipt is not None


async def test_a_business_with_two_chairs_serves_two_at_once_and_not_three(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        callers = await Town(house, replace(DENTIST, places=2)).callers(3)
        results = [
            await caller.book(name=f"Caller {name}", phone=f"+1212555020{n}")
            for n, (caller, name) in enumerate(zip(callers, ("Ann", "Bob", "Cy"), strict=True))
        ]
    assert [result.problem for result in results] == [None, None, "taken"]


@pytest.mark.parametrize(
    ("start", "problem"),
    [
        ("2026-11-23T09:00", "past"),
        ("2026-11-26T11:00", "closed"),  # Thanksgiving
        ("2026-11-29T11:00", "closed"),  # a Sunday
        ("2026-11-24T23:00", "closed"),
        ("2026-11-24T15:07", "taken"),  # between two slots
        ("2027-03-14T02:30", "closed"),  # the clocks skip it
        ("2028-01-10T11:00", "too_far"),
        ("next tuesday", "incomplete"),
    ],
)
async def test_a_time_that_cannot_be_is_refused_with_others_on_offer(town: Town, start: str, problem: str) -> None:
    caller = await town.caller()

    result = await caller.book(start=start, **MARIA)

    assert (result.problem, result.receipt) == (problem, None)
    assert bool(result.slots) is (problem != "incomplete")
    for slot in result.slots:
        assert (await caller.book(start=slot, name="Any Body", phone="+12125550133")).problem is None
        await caller.do("cancel", name="Any Body", phone="+12125550133", start=slot)
    assert await caller.starts() == []


@pytest.mark.parametrize("missing", ["service", "start", "name", "phone"])
async def test_a_booking_lacks_nothing(town: Town, missing: str) -> None:
    caller = await town.caller()
    arguments = {"service": CLEANING, "start": TUESDAY, **MARIA, missing: " "}
    result = await caller.do("book", **arguments)
    assert (result.problem, result.facts) == ("incomplete", {"missing": missing})


async def test_a_number_that_is_not_e164_is_not_a_number(town: Town) -> None:
    caller = await town.caller()
    assert (await caller.book(name="Maria", phone="212 555 0101")).problem == "incomplete"


async def test_what_is_not_offered_is_not_booked(town: Town) -> None:
    caller = await town.caller()
    result = await caller.do("book", service="a new gearbox", start=TUESDAY, **MARIA)
    assert result.problem == "unknown_service"


async def test_an_hour_is_an_hour_across_the_change_of_clocks(tmp_path: Path) -> None:
    always = dict.fromkeys(range(7), DENTIST.hours[0])
    late = {day: (replace(always[day][0], opens=datetime.min.time(), closes=datetime.min.time()),) for day in range(7)}
    async with open_house(tmp_path) as house:
        caller = await Town(house, replace(DENTIST, hours=late, keeps_public_holidays=False)).caller()
        await caller.book(start="2027-03-14T01:30", **MARIA)  # 02:00 is 03:00 that night
        made = (await caller.summary()).appointments[0]
        assert made.start.astimezone(UTC) == datetime(2027, 3, 14, 6, 30, tzinfo=UTC)
        clash = await caller.book(start="2027-03-14T03:00", **JOHN)
    assert clash.problem == "taken"


@pytest.mark.parametrize("name", ["Lopez", "maria", "LÓPEZ, Maria", "Mrs. Lopez", "M. Lopez", "Maria Elena Lopez"])
async def test_the_holder_of_an_appointment_is_known_however_the_name_is_said(town: Town, name: str) -> None:
    one, later = await town.callers(2)
    await one.book()
    assert (await later.do("cancel", name=name, phone=MARIA["phone"])).problem is None


@pytest.mark.parametrize(
    "who",
    [
        {"name": "Juan Lopez", "phone": MARIA["phone"]},
        {"name": MARIA["name"], "phone": "+12125550109"},
        {"name": "M.", "phone": MARIA["phone"]},
    ],
)
@pytest.mark.parametrize("kind", ["cancel", "reschedule", "answer_from_facts"])
async def test_nobody_else_is_told_or_lets_change(town: Town, kind: str, who: dict[str, str]) -> None:
    one, other = await town.callers(2)
    await one.book()
    result = await other.do(kind, start="2026-11-25T10:00", topic="appointment", **who)
    assert (result.problem, result.receipt, result.facts) == ("not_found", None, {})
    assert await one.starts() == [TUESDAY]


async def test_after_three_wrong_tries_even_the_right_name_does_not_help(town: Town) -> None:
    one, thief = await town.callers(2)
    await one.book()
    guesses = [await thief.do("cancel", name=name, phone=MARIA["phone"]) for name in ("Ann", "Bob", "Cy")]
    right = await thief.do("cancel", **MARIA)
    told = await thief.do("answer_from_facts", topic="appointment", **MARIA)

    assert [guess.problem for guess in guesses] == ["not_found", "not_found", "too_many_tries"]
    assert (right.problem, told.problem) == ("too_many_tries", "too_many_tries")
    assert (await thief.do("take_message", text="Please cancel it", **MARIA)).receipt is not None
    assert await one.starts() == [TUESDAY]


async def test_a_guess_that_is_looked_up_twice_is_one_try(town: Town) -> None:
    caller = await town.caller()
    looks = [await caller.do("answer_from_facts", topic="appointment", **MARIA) for _ in range(4)]
    assert {look.problem for look in looks} == {"not_found"}


async def test_of_several_appointments_the_one_that_is_named_is_changed(town: Town) -> None:
    caller = await town.caller()
    for start in (TUESDAY, "2026-11-25T10:00", "2026-11-27T10:00"):
        await caller.book(start=start, **MARIA)
    told = await caller.do("answer_from_facts", topic="appointment", **MARIA)
    await caller.do("cancel", start="2026-11-25T10:00", **MARIA)
    await caller.do("reschedule", old_start="2026-11-27T10:00", start="2026-11-27T11:00", **MARIA)
    wrong = await caller.do("cancel", start="2026-11-30T10:00", **MARIA)
    await caller.do("reschedule", start="2026-11-30T09:00", **MARIA)

    assert told.facts["start"] == TUESDAY
    assert "Wednesday, November 25 at 10 am" in told.facts["text"]
    assert wrong.problem == "not_found"
    assert await caller.starts() == ["2026-11-27T11:00", "2026-11-30T09:00"]


async def test_an_appointment_may_move_into_its_own_time_but_not_into_anothers(town: Town) -> None:
    one, other = await town.callers(2)
    await one.book()
    await other.book(start="2026-11-24T16:00", **JOHN)
    assert (await one.do("reschedule", start="2026-11-24T15:15", **MARIA)).problem is None
    clash = await one.do("reschedule", start="2026-11-24T16:00", **MARIA)
    assert clash.problem == "taken"
    assert await one.starts() == ["2026-11-24T15:15"]


async def test_what_is_over_can_no_longer_be_changed(town: Town) -> None:
    caller = await town.caller()
    await caller.book()
    caller.now += timedelta(days=2)
    assert (await caller.do("cancel", **MARIA)).problem == "not_found"


async def test_a_message_is_kept_once(town: Town) -> None:
    caller = await town.caller()
    first = await caller.do("take_message", text="The crown is loose.", urgent="yes", **MARIA)
    again = await caller.do("take_message", text="the crown  is loose.", urgent="yes", **MARIA)
    assert again.receipt == first.receipt is not None
    assert [(left.text, left.urgent, left.phone) for left in (await caller.summary()).messages] == [
        ("The crown is loose.", True, MARIA["phone"])
    ]


@pytest.mark.parametrize(
    ("target", "known"), [("the front desk", True), ("Front Desk", True), ("my lawyer", False), ("+12125550199", False)]
)
async def test_a_call_is_put_through_only_to_the_tenants_own_people(town: Town, target: str, known: bool) -> None:
    caller = await town.caller()
    result = await caller.do("transfer", target=target, reason="asked for a person")
    assert (result.receipt is not None) is known
    assert result.problem == (None if known else "unknown_target")
    if result.receipt:
        assert result.receipt.facts["phone"] == "+12125550199"


async def test_free_slots_leave_out_what_is_taken(town: Town) -> None:
    caller = await town.caller()
    before = await caller.do("find_slots", service=CLEANING, day="2026-11-24", after=TUESDAY)
    await caller.book()
    after = await caller.do("find_slots", service=CLEANING, day="2026-11-24", after=TUESDAY)
    morning = await caller.do("find_slots", service=CLEANING, day="2026-11-24", part="morning")

    assert before.slots[0] == TUESDAY
    assert 0 < len(before.slots) <= 4
    assert TUESDAY not in after.slots
    assert all("T09" <= slot[10:13] < "T12" for slot in morning.slots)
    assert (before.receipt, before.problem) == (None, None)


async def test_ending_the_call_needs_no_receipt(town: Town) -> None:
    caller = await town.caller()
    result = await caller.do("end_call")
    assert (result.receipt, result.problem) == (None, None)
