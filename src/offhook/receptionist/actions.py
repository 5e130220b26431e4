"""Actions carried out: checked by code, done once, proved by a receipt.

`offhook.conversation.actions` says what goes in and what comes out. Everything that decides an effect happens inside
one transaction of the diary: whether this is a repeat, whether the caller may, whether the time is free, the effect
itself and its receipt.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import assert_never

from offhook.conversation.actions import Action, ActionKind, ActionResult, Receipt
from offhook.receptionist.arguments import APPOINTMENT, missing_in, point_or_time
from offhook.receptionist.business import Business, Service, TransferTarget
from offhook.receptionist.diary import Appointment, Diary, Effect, Page, Request
from offhook.receptionist.facts import answer_topic, find_service
from offhook.receptionist.hours import problem_with, wall_time
from offhook.receptionist.identity import name_parts, same_person
from offhook.receptionist.slots import Taken, free_slots, nearest_slots
from offhook.receptionist.telling import a, listed, say_date, say_time

TRIES = 3
"""Wrong names and numbers that a call may give before only a message is taken."""
SLOTS = 4
"""Free times that are offered at once."""

_RECEIPT = 16
_YES = frozenset({"yes", "true", "1"})


class Actions:
    """The actions of one call."""

    def __init__(self, business: Business, diary: Diary, *, call_id: str) -> None:
        self._business = business
        self._diary = diary
        self._call_id = call_id

    async def run(self, action: Action, *, now: datetime) -> ActionResult:
        """Do it, or say what is in the way. A repeat gives the same receipt while its effect stands."""
        action = replace(action, arguments={name: told.strip() for name, told in action.arguments.items()})
        missing = missing_in(action)
        if missing:
            return ActionResult(action, problem="incomplete", facts={"missing": ", ".join(missing)})
        match action.kind:
            case ActionKind.BOOK:
                return await self._book(action, now=now)
            case ActionKind.RESCHEDULE:
                return await self._reschedule(action, now=now)
            case ActionKind.CANCEL:
                return await self._cancel(action, now=now)
            case ActionKind.TAKE_MESSAGE:
                return await self._take_message(action, now=now)
            case ActionKind.FIND_SLOTS:
                return await self._find_slots(action, now=now)
            case ActionKind.ANSWER_FROM_FACTS:
                return await self._answer(action, now=now)
            case ActionKind.TRANSFER:
                return await self._transfer(action, now=now)
            case ActionKind.END_CALL:
                return ActionResult(action)
            case _:
                assert_never(action.kind)

    # What has an effect

    async def _book(self, action: Action, *, now: datetime) -> ActionResult:
        told = action.arguments
        service = self._service(told["service"])
        if service is None:
            return ActionResult(action, problem="unknown_service")
        start = self._moment(told["start"])
        if start is None:
            return await self._refused(action, "closed", service, self._wish(told["start"]), now=now)
        wanted = _wanted(service, start, name=told["name"], phone=told["phone"])
        same = self._same(action, service.name, _iso(start), *name_parts(told["name"]), told["phone"])
        async with self._diary.writing(now=now) as page:
            before = await page.effects(self._call_id, same)
            if before and await _stands(page, before[-1]):
                return _done(action, before[-1].receipt)
            problem = self._problem(start, service.minutes, now=now)
            if problem is None:
                booked = await page.book(
                    wanted, places=self._business.places, notes=told.get("notes", ""), call_id=self._call_id
                )
                if booked is not None:
                    return await self._sign(page, action, same, _facts(booked), booked)
        return await self._refused(action, problem or "taken", service, start, now=now)

    async def _reschedule(self, action: Action, *, now: datetime) -> ActionResult:
        told = action.arguments
        service = self._service(told["service"]) if told.get("service") else None
        if told.get("service") and service is None:
            return ActionResult(action, problem="unknown_service")
        start = self._moment(told["start"])
        old = self._moment(told["old_start"]) if told.get("old_start") else None
        which = (told["start"], told.get("old_start", ""), "" if service is None else service.name)
        async with self._diary.writing(now=now) as page:
            same = await self._same_change(page, action, *which)
            before = await page.effects(self._call_id, same)
            if before and await _stands(page, before[-1]):
                return _done(action, before[-1].receipt)
            found = await self._theirs(page, action, now=now)
            if isinstance(found, str):
                return ActionResult(action, problem=found)
            chosen = _chosen(found, old)
            if chosen is None:
                return ActionResult(action, problem="not_found")
            minutes = round((chosen.ends_at - chosen.starts_at) / timedelta(minutes=1))
            service = service or self._service(chosen.service) or Service(chosen.service, minutes)
            problem = "closed" if start is None else self._problem(start, service.minutes, now=now)
            if start is not None and problem is None:
                wanted = replace(_wanted(service, start, name=chosen.name, phone=chosen.phone), id=chosen.id)
                moved = await page.move(wanted, places=self._business.places, call_id=self._call_id)
                if moved is not None:
                    facts = _facts(moved, old_start=_iso(chosen.starts_at))
                    return await self._sign(page, action, same, facts, moved)
        wish = self._wish(told["start"])
        return await self._refused(action, problem or "taken", service, wish, now=now, besides=chosen)

    async def _cancel(self, action: Action, *, now: datetime) -> ActionResult:
        told = action.arguments
        start = self._moment(told["start"]) if told.get("start") else None
        async with self._diary.writing(now=now) as page:
            same = await self._same_change(page, action, told.get("start", ""))
            before = await page.effects(self._call_id, same)
            if before and await _stands(page, before[-1]):
                return _done(action, before[-1].receipt)
            found = await self._theirs(page, action, now=now)
            if isinstance(found, str):
                return ActionResult(action, problem=found)
            chosen = _chosen(found, start)
            if chosen is None:
                return ActionResult(action, problem="not_found")
            cancelled = await page.cancel(chosen, call_id=self._call_id)
            return await self._sign(page, action, same, _facts(cancelled), cancelled)

    async def _take_message(self, action: Action, *, now: datetime) -> ActionResult:
        told = action.arguments
        facts = {name: told.get(name, "") for name in ("name", "phone", "text")}
        facts["urgent"] = "yes" if told.get("urgent", "").lower() in _YES else "no"
        words = facts["text"].casefold().split()
        same = self._same(action, *name_parts(facts["name"]), facts["phone"], *words, facts["urgent"])
        async with self._diary.writing(now=now) as page:
            before = await page.effects(self._call_id, same)
            if before:
                return _done(action, before[-1].receipt)
            await page.take_message(
                name=facts["name"],
                phone=facts["phone"],
                text=facts["text"],
                urgent=facts["urgent"] == "yes",
                call_id=self._call_id,
            )
            return await self._sign(page, action, same, facts)

    async def _transfer(self, action: Action, *, now: datetime) -> ActionResult:
        target = self._target(action.arguments["target"])
        if target is None:
            return ActionResult(action, problem="unknown_target")
        same = self._same(action, target.name)
        facts = {"target": target.name, "phone": target.phone, "reason": action.arguments.get("reason", "")}
        async with self._diary.writing(now=now) as page:
            before = await page.effects(self._call_id, same)
            if before:
                return _done(action, before[-1].receipt)
            return await self._sign(page, action, same, facts)

    # What only looks

    async def _find_slots(self, action: Action, *, now: datetime) -> ActionResult:
        told = action.arguments
        service = self._service(told["service"])
        if service is None:
            return ActionResult(action, problem="unknown_service")
        taken = await self._taken(now=now, besides=await self._moving(action, now=now))
        if told.get("near"):
            near = nearest_slots(self._business, service, taken, self._wish(told["near"]), now=now, limit=SLOTS)
            return ActionResult(action, slots=tuple(map(_iso, near)))
        slots = free_slots(
            self._business,
            service,
            taken,
            now=now,
            day=date.fromisoformat(told["day"]) if told.get("day") else None,
            part=told.get("part", "").lower() or None,
            after=self._wished_after(told.get("after", "")),
            limit=SLOTS,
        )
        return ActionResult(action, slots=tuple(map(_iso, slots)))

    async def _moving(self, action: Action, *, now: datetime) -> Appointment | None:
        """The appointment that slots are looked for to move it to; its own time is free for it."""
        told = action.arguments
        old = self._moment(told["old_start"]) if told.get("old_start") and told.get("phone") else None
        if old is None:
            return None
        async with self._diary.reading() as page:
            return next((each for each in await page.of_phone(told["phone"], after=now) if each.starts_at == old), None)

    async def _answer(self, action: Action, *, now: datetime) -> ActionResult:
        told = action.arguments
        if told["topic"] != APPOINTMENT:
            text = answer_topic(self._business, told["topic"], told.get("about", ""), now=now)
            return ActionResult(action, facts={"text": text}) if text else ActionResult(action, problem="not_found")
        async with self._diary.writing(now=now) as page:
            found = await self._theirs(page, action, now=now)
        if isinstance(found, str):
            return ActionResult(action, problem=found)
        text = listed([f"{a(each.service)} on {_spoken(each.starts_at)}" for each in found])
        first = found[0]
        facts = {"text": f"You have {text}.", "start": _iso(first.starts_at), "service": first.service}
        facts["all"] = "|".join(f"{_iso(each.starts_at)} {each.service}" for each in found)
        return ActionResult(action, facts=facts)

    # What they rest on

    async def _theirs(self, page: Page, action: Action, *, now: datetime) -> Sequence[Appointment] | str:
        """The coming appointments under this name and number, soonest first, or the problem."""
        if await page.wrong_tries(self._call_id) >= TRIES:
            return "too_many_tries"
        name, phone = action.arguments["name"], action.arguments["phone"]
        coming = await page.of_phone(phone, after=now)
        theirs = [each for each in coming if same_person(name, each.name)]
        if theirs:
            return theirs
        # Looking may be done twice for one turn, when a guess was dropped; changing is done once for each time asked.
        attempt = (action.id,) if action.kind.has_effect else (*name_parts(name), phone)
        await page.wrong_try(self._call_id, _hash(*attempt))
        return "too_many_tries" if await page.wrong_tries(self._call_id) >= TRIES else "not_found"

    async def _sign(
        self, page: Page, action: Action, same: str, facts: Mapping[str, str], appointment: Appointment | None = None
    ) -> ActionResult:
        """Keep the receipt of what was just done, and hand it out."""
        changed = () if appointment is None else (appointment.id, appointment.version)
        key = _hash(same, *changed)
        receipt = Receipt(key[:_RECEIPT], action.kind, facts)
        effect = Effect(receipt, *changed)
        await page.sign(Request(self._call_id, key, same, action.arguments), effect)
        return _done(action, receipt)

    async def _refused(
        self,
        action: Action,
        problem: str,
        service: Service,
        wanted: datetime,
        *,
        now: datetime,
        besides: Appointment | None = None,
    ) -> ActionResult:
        """Not at this time, but here is what is free."""
        taken = await self._taken(now=now, besides=besides)
        if problem in {"past", "too_far"}:
            slots = free_slots(self._business, service, taken, now=now, limit=SLOTS)
        else:
            slots = nearest_slots(self._business, service, taken, wanted, now=now, limit=SLOTS)
        return ActionResult(action, problem=problem, slots=tuple(map(_iso, slots)))

    async def _taken(self, *, now: datetime, besides: Appointment | None = None) -> Taken:
        """When the diary is full, as far ahead as it can be booked."""
        until = now + timedelta(days=self._business.book_days_ahead + 2)
        async with self._diary.reading() as page:
            standing = await page.standing(since=now, until=until)
        return [(each.starts_at, each.ends_at) for each in standing if besides is None or each.id != besides.id]

    def _problem(self, start: datetime, minutes: int, *, now: datetime) -> str | None:
        problem = problem_with(self._business, start, minutes, now=now)
        return "taken" if problem == "off_grid" else problem  # nothing is ever free between two slots

    def _service(self, told: str) -> Service | None:
        if not self._business.takes_bookings:
            return None
        exact = [service for service in self._business.services if service.name.casefold() == told.casefold()]
        return exact[0] if exact else find_service(self._business, told)

    def _target(self, told: str) -> TransferTarget | None:
        """By name only: a number that a caller says is nobody's."""
        wanted = _bare(told)
        return next((target for target in self._business.targets if _bare(target.name) == wanted), None)

    def _moment(self, told: str) -> datetime | None:
        """A point in time, in the business's zone; None where its clocks skip it."""
        moment = datetime.fromisoformat(told)
        return wall_time(self._business, moment) if moment.tzinfo is None else moment.astimezone(self._business.zone)

    def _wish(self, told: str) -> datetime:
        """The same for somebody who only wants to be near it."""
        return self._moment(told) or datetime.fromisoformat(told).replace(tzinfo=self._business.zone)

    def _wished_after(self, told: str) -> datetime | time | None:
        after = point_or_time(told) if told else None
        return self._wish(told) if isinstance(after, datetime) else after

    async def _same_change(self, page: Page, action: Action, *which: str) -> str:
        """Changing an appointment is no repeat once another was booked: "cancel it" may mean that one."""
        told = action.arguments
        bookings = await page.bookings(self._call_id)
        return self._same(action, *name_parts(told["name"]), told["phone"], *which, str(bookings))

    def _same(self, action: Action, *arguments: str) -> str:
        return _hash(self._call_id, action.kind.value, *arguments)


async def _stands(page: Page, effect: Effect) -> bool:
    """Whether what was done has not been changed since."""
    if effect.appointment is None:
        return True
    return (await page.appointment(effect.appointment)).version == effect.version


def _chosen(theirs: Sequence[Appointment], start: datetime | None) -> Appointment | None:
    """The one that begins at `start`; the soonest, if that was not said."""
    return next((each for each in theirs if start is None or each.starts_at == start), None)


def _wanted(service: Service, start: datetime, *, name: str, phone: str) -> Appointment:
    ends_at = (start.astimezone(UTC) + timedelta(minutes=service.minutes)).astimezone(start.tzinfo)
    return Appointment(0, service.name, start, ends_at, name, phone, version=0)


def _facts(appointment: Appointment, **more: str) -> dict[str, str]:
    return {
        "service": appointment.service,
        "start": _iso(appointment.starts_at),
        "name": appointment.name,
        "phone": appointment.phone,
        **more,
    }


def _done(action: Action, receipt: Receipt) -> ActionResult:
    told = {name: receipt.facts[name] for name in ("start", "service", "target") if name in receipt.facts}
    return ActionResult(action, receipt=receipt, facts=told)


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip(" .")


def _iso(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def _spoken(moment: datetime) -> str:
    return f"{say_date(moment.date())} at {say_time(moment.time())}"


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()
