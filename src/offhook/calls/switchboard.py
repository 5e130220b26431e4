"""The switchboard of a process: admits calls, runs them, paces them all with one ticker, keeps the process's heartbeat.

async with Switchboard(store, agents, ..., process="p1") as switchboard:
    owner = switchboard.connect(incoming, line)
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self
from weakref import WeakKeyDictionary

import structlog

from offhook.audio.ticker import Beat, Ticker
from offhook.audio.voice_activity import VoiceActivity
from offhook.calls.agents import Agent, Agents
from offhook.calls.audio_call import AudioCall, JudgeOf, Senses
from offhook.calls.awaited import Awaited, AwaitedCalls
from offhook.calls.call_journal import CallJournal
from offhook.calls.line import Accepted, Admission, Incoming, Line, LineOwner, Rejected
from offhook.calls.running import RunningCall
from offhook.calls.tape import Began
from offhook.conversation import events as ev
from offhook.conversation.form import Form, FormChange
from offhook.conversation.patience import Patience
from offhook.conversation.states import Ways
from offhook.receptionist.actions import Actions
from offhook.receptionist.greeting import greeting_of
from offhook.receptionist.outcome import Outcome, outcome_of
from offhook.store.records import INSTALLATION, NewCall, Route, new_call_id
from offhook.store.store import Store

log = structlog.get_logger("offhook.calls")

TICK_S = 0.02
"""Half of the calls at a time."""
BEAT_S = 10.0
OPENING_TRIES = 12
OPENING_RETRY_S = 1.0
SWEEP_S = 20.0
TOKEN_LIFE = timedelta(minutes=5)
LAST_CALLS_S = 10.0
"""How long a process that ends waits until its calls are stored."""

SORRY_UNKNOWN = "We're sorry, the number you have called is not in service here. Please check the number. Goodbye."
SORRY_INACTIVE = "We're sorry, this number does not take calls at the moment. Please try again later. Goodbye."
SORRY_BUSY = "We're sorry, all our lines are busy right now. Please call again in a few minutes. Goodbye."


@dataclass(frozen=True, slots=True)
class CallRules:
    """How this process holds calls."""

    patience: Patience
    ways: Ways
    most_calls: int
    process: str
    """The name under which the database knows it."""
    utc_now: Callable[[], datetime]
    browser_number: str | None = None
    """The number whose agent answers the softphone page, and lines that name no route (the benchmark's)."""


class Switchboard:
    """An `Exchange`."""

    def __init__(
        self,
        store: Store,
        agents: Agents,
        *,
        activity: VoiceActivity,
        rules: CallRules,
        judge_of: JudgeOf | None = None,
    ) -> None:
        self._store = store
        self._agents = agents
        self._activity = activity
        self._rules = rules
        self._judge_of = judge_of
        self._stack = AsyncExitStack()
        self._tasks: asyncio.TaskGroup | None = None
        self._admitted: dict[str, tuple[Route, Agent]] = {}
        self._awaited = AwaitedCalls()
        self._own_route = ""
        self._live: dict[AudioCall, Beat] = {}
        self._served: WeakKeyDictionary[LineOwner, asyncio.Task[None]] = WeakKeyDictionary()

    async def __aenter__(self) -> Self:
        await self._store.beat(self._rules.process, now=self._rules.utc_now())
        self._tasks = await self._stack.enter_async_context(asyncio.TaskGroup())
        self._ticker = await self._stack.enter_async_context(Ticker(TICK_S))
        self._ticker.every_period(lambda _: self._activity.tick(), self._activity_failed)
        self._beating = self._tasks.create_task(self._beat(), name="heartbeat")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._beating.cancel()
        for call in tuple(self._live):
            call.hung_up()
        if serving := [task for task in self._served.values() if not task.done()]:
            await asyncio.wait(serving, timeout=LAST_CALLS_S)  # also where leaving is a cancellation, which ends tasks
        await self._stack.__aexit__(kind, error, trace)

    async def prepare(self, number: str) -> None:
        """Make the agent of a number ready, so that its first caller need not wait for it."""
        route = await self._store.find_number(number)
        if route is not None:
            await self._ready(route, now=self._rules.utc_now())

    # -- Exchange ---------------------------------------------------------

    async def admit(self, incoming: Incoming) -> Admission:
        """See `Exchange.admit`."""
        now = self._rules.utc_now()
        number = incoming.called or self._rules.browser_number or ""
        route = await self._store.find_number(number)
        if route is None:
            return await self._refuse(incoming, None, "unknown_number", SORRY_UNKNOWN)
        if not route.active:
            return await self._refuse(incoming, route, "inactive_tenant", SORRY_INACTIVE)
        if not self.takes_calls():
            return await self._refuse(incoming, route, "busy", SORRY_BUSY)
        ready = await self._ready(route, now=now)
        self._awaited.admitted(Awaited(incoming, route, now))
        return Accepted(ready)

    def spend(self, token: str, incoming: Incoming, answer: Callable[[bool], None]) -> None:
        """See `Exchange.spend`."""
        assert self._tasks is not None, "the switchboard is closed"
        self._tasks.create_task(self._spend(token, incoming, answer))

    def connect(self, incoming: Incoming, line: Line) -> LineOwner:
        """See `Exchange.connect`."""
        assert self._tasks is not None, "the switchboard is closed"
        route, agent = self._admitted[incoming.parameters.get("route", self._own_route)]
        self._awaited.settle(incoming.call_sid)
        now = self._rules.utc_now()
        new = NewCall(new_call_id(now), route.tenant, route.agent, incoming.line, incoming.caller, route.number)
        call = self._call(new, agent, now, call_sid=incoming.call_sid)
        senses = Senses(self._activity, agent.recognizer, agent.voice, agent.phrases, self._judge_of)
        audio_call = AudioCall(call, line, senses)
        self._live[audio_call] = self._ticker.every_period(
            audio_call.tick, lambda error: self._call_failed(call, error)
        )
        serving = self._tasks.create_task(self._serve(audio_call, call, new, line), name=f"call {new.id}")
        self._served[audio_call] = serving
        return audio_call

    def missed(self, call_sid: str, reason: str) -> None:
        """See `Exchange.missed`."""
        assert self._tasks is not None, "the switchboard is closed"
        if (call := self._awaited.settle(call_sid)) is not None:
            self._tasks.create_task(self._keep_missed(call, reason))

    def carrier_status(self, call_sid: str, status: str) -> None:
        """See `Exchange.carrier_status`."""
        log.info("carrier_status", call_sid=call_sid, status=status)

    def takes_calls(self) -> bool:
        """See `Exchange.takes_calls`."""
        return len(self._live) < self._rules.most_calls

    async def closed(self, owner: LineOwner) -> str:
        """Wait until the call of this owner is over and stored; gives its id."""
        task = self._served[owner]
        await asyncio.wait([task])
        return task.get_name().removeprefix("call ")

    async def _ready(self, route: Route, *, now: datetime) -> str:
        """Have the route's agent ready; the name by which `connect` will find it."""
        name = f"{route.agent}.{route.configuration.version}"
        self._admitted[name] = (route, await self._agents.agent_of(route, now=now))
        if route.number == self._rules.browser_number:
            self._own_route = name
        return name

    # -- the life of a call -----------------------------------------------

    def _call(self, new: NewCall, agent: Agent, now: datetime, *, call_sid: str) -> RunningCall:
        business = agent.business
        form = Form()
        if new.caller.startswith("+"):
            form = form.changed(FormChange(answers={"_caller_id": new.caller}))
        ways = Ways(
            speculate=self._rules.ways.speculate,
            gives_partials=agent.recognizer.abilities.gives_partials,
            finalizes=agent.recognizer.abilities.finalizes,
            judges_turns=self._judge_of is not None,
        )
        began = Began(agent.greeting or greeting_of(business), self._rules.patience, ways, form)
        journal = CallJournal(
            self._store.journal_writer,
            call_id=new.id,
            tenant=new.tenant,
            now=self._rules.utc_now,
            call_sid=call_sid,
        )
        journal.begin(began)
        return RunningCall(
            began.conversation(),
            receptionist=agent.receptionist,
            actions=Actions(business, self._store.diary(new.tenant), call_id=new.id),
            journal=journal,
            wall=now.astimezone(business.zone),
        )

    async def _serve(self, audio_call: AudioCall, call: RunningCall, new: NewCall, line: Line) -> None:
        outcome, reason = Outcome.FAILED, "error"
        try:
            async with asyncio.TaskGroup() as beside:
                beside.create_task(self._open(new, call.journal.names))
                reason = (await audio_call.run()).value
            outcome = outcome_of(call.conversation.form, call.conversation.reason)
        except Exception:  # here a call's life ends; its journal is kept
            log.exception("call_failed", **call.journal.names)
            call.journal.error("call_failed", done="the call was ended and kept as failed")
        finally:
            self._live.pop(audio_call).stop()
        try:
            await self._store.close_call(new.id, outcome=outcome, reason=reason, now=self._rules.utc_now())
            await self._show_result(new, line)
        except Exception:  # the sweep will close it as interrupted
            log.exception("call_not_closed", **call.journal.names)

    async def _open(self, new: NewCall, names: Mapping[str, object]) -> None:
        """Write the call's row; while a database is busy the call goes on, and it is tried again."""
        now = self._rules.utc_now()
        for _ in range(OPENING_TRIES):
            try:
                await self._store.open_call(new, process=self._rules.process, now=now)
            except Exception:  # the journal is gathered all the same
                log.exception("call_not_opened", **names)
            else:
                return
            await asyncio.sleep(OPENING_RETRY_S)

    async def _show_result(self, new: NewCall, line: Line) -> None:
        """What came of the call, for a line with a screen."""
        summary = await self._store.call(new.id)
        if summary.outcome is not None:
            line.show({"kind": "outcome", "outcome": summary.outcome.value})
        for made in summary.appointments:
            booked = {"service": made.service, "start": made.start.isoformat(), "name": made.name}
            line.show({"kind": "appointment", **booked})
        for taken in summary.messages:
            line.show({"kind": "message", "name": taken.name, "text": taken.text})

    def _call_failed(self, call: RunningCall, error: Exception) -> None:
        log.error("call_failed", problem=repr(error), **call.journal.names)
        call.journal.error("tick_failed", done="the call was ended")
        call.feed(ev.VoiceFailed(call.conversation.reply.number))

    def _activity_failed(self, error: Exception) -> None:
        """Without voice activity nobody is heard: the process must not go on as if nothing had happened."""
        log.critical("voice_activity_failed", problem=repr(error))
        for call in tuple(self._live):
            call.hung_up()

    async def _refuse(self, incoming: Incoming, route: Route | None, reason: str, words: str) -> Rejected:
        now = self._rules.utc_now()
        tenant = INSTALLATION if route is None else route.tenant
        agent = None if route is None else route.agent
        new = NewCall(new_call_id(now), tenant, agent, incoming.line, incoming.caller, incoming.called)
        once = f"rejected:{incoming.line}:{incoming.call_sid}" if incoming.call_sid else ""
        if await self._store.reject_call(new, reason=reason, now=now, once=once):  # carriers repeat their requests
            log.info("call_rejected", call=new.id, call_sid=incoming.call_sid or None, reason=reason)
        return Rejected(reason, words)

    async def _keep_missed(self, call: Awaited, reason: str) -> None:
        incoming, route = call.incoming, call.route
        new_id = new_call_id(call.admitted_at)
        new = NewCall(new_id, route.tenant, route.agent, incoming.line, incoming.caller, route.number)
        log.warning(
            "call_missed",
            call=new.id,
            call_sid=incoming.call_sid,
            reason=reason,
            done="it is kept among the calls as failed",
        )
        try:
            await self._store.reject_call(new, reason=reason, outcome=Outcome.FAILED, now=call.admitted_at)
        except Exception:  # the record above is what is left of it
            log.exception("missed_call_not_stored", call=new.id)

    async def _spend(self, token: str, incoming: Incoming, answer: Callable[[bool], None]) -> None:
        may_connect = False
        try:
            now = self._rules.utc_now()
            fresh = await self._store.use_token(token, expires_at=now + TOKEN_LIFE, now=now)
            may_connect = fresh and await self._is_admitted(incoming, now=now)
        except Exception:  # a token that cannot be checked is refused
            log.exception("token_not_checked")
        answer(may_connect)

    async def _is_admitted(self, incoming: Incoming, *, now: datetime) -> bool:
        """Whether the call's agent is ready here; one that another process has admitted is made ready."""
        name = incoming.parameters["route"]
        if name not in self._admitted:
            route = await self._store.find_number(incoming.called or self._rules.browser_number or "")
            if route is None or not route.active or str(route.agent) != name.partition(".")[0]:
                return False
            self._admitted[name] = (route, await self._agents.agent_of(route, now=now))
        return True

    async def _beat(self) -> None:
        beats = 0
        while True:
            try:
                now = self._rules.utc_now()
                await self._store.beat(self._rules.process, now=now)
                if beats % round(SWEEP_S / BEAT_S) == 0:
                    for call_id in await self._store.close_abandoned(now=now):
                        log.warning("call_interrupted", call=call_id)
            except Exception:  # a database that is busy now is tried again at the next beat
                log.exception("heartbeat_missed")
            for call_sid in self._awaited.overdue(now=self._rules.utc_now()):
                self.missed(call_sid, "no_stream")
            beats += 1
            await asyncio.sleep(BEAT_S)
