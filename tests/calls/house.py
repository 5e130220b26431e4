"""A house that takes calls in no time: the real switchboard and all it drives, on a clock that jumps.

Only what is outside is a double: voice, recognizer, model, the caller, and a store in memory, because a thread's work
is not seen by a clock that jumps (`tests/store` holds the real store; `test_kept_calls.py` calls through it).
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from offhook.audio.phrases import PhraseCache
from offhook.audio.voice_activity import VoiceActivity
from offhook.calls.agents import Agent, Agents
from offhook.calls.line import Accepted, Incoming, Rejected
from offhook.calls.phrasebook import Phrasebook
from offhook.calls.switchboard import CallRules, Switchboard
from offhook.conversation.patience import Patience
from offhook.conversation.states import Ways
from offhook.providers.llm import LanguageModel
from offhook.receptionist.business import Business
from offhook.receptionist.configuration import configuration_of
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.outcome import Outcome
from offhook.receptionist.receptionist import Receptionist
from offhook.store.records import (
    CallState,
    CallSummary,
    Configuration,
    ErrorRecord,
    Generation,
    JournalEntry,
    NewCall,
    Route,
    TenantId,
    Turn,
)
from offhook.store.store import Store
from tests.calls.doubles import Caller, CodeReader, LevelActivity, ToneVoice
from tests.receptionist.diary_in_memory import DiaryInMemory
from tests.virtual_time import VirtualTimeLoop

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday, 10:00 in New York."""
NUMBER = "+15005550007"
HELLO = "Smile Dental, how can I help?"


class InlineLoop(VirtualTimeLoop):
    """What would go to a thread is done at once."""

    def run_in_executor(self, executor: Executor | None, func: Callable[..., T], *args: object) -> asyncio.Future[T]:
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001  the awaiting side gets it, as from a thread
            done.set_exception(error)
        return done


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` to its end, in no time; nothing may be left running."""
    with asyncio.Runner(loop_factory=InlineLoop) as runner:
        return runner.run(_alone(main))


async def _alone(main: Coroutine[Any, Any, T]) -> T:
    result = await main
    left = asyncio.all_tasks() - {asyncio.current_task()}
    assert not left, f"still running: {left}"
    return result


@dataclass
class MemoryJournal:
    """The journal's writer."""

    entries: dict[str, list[JournalEntry]] = field(default_factory=dict[str, list[JournalEntry]])
    turns: dict[str, dict[int, Turn]] = field(default_factory=dict[str, dict[int, Turn]])
    generations: dict[str, dict[tuple[int, int], Generation]] = field(
        default_factory=dict[str, dict[tuple[int, int], Generation]]
    )
    prompts: dict[str, str] = field(default_factory=dict[str, str])
    errors: list[ErrorRecord] = field(default_factory=list[ErrorRecord])

    def append(self, call_id: str, seq: int, at: float, kind: str, body: bytes) -> None:
        entries = self.entries.setdefault(call_id, [])
        assert seq == len(entries), "an entry of the journal is missing"
        assert not entries or at >= entries[-1].at, "the journal went back in time"
        entries.append(JournalEntry(seq, at, kind, body))

    def turn(self, call_id: str, turn: Turn) -> None:
        self.turns.setdefault(call_id, {})[turn.n] = turn

    def generation(self, call_id: str, generation: Generation) -> None:
        self.generations.setdefault(call_id, {})[generation.reply, generation.attempt] = generation

    def prompt(self, call_id: str, digest: str, text: str) -> None:
        self.prompts[digest] = text

    def error(self, error: ErrorRecord, *, now: datetime) -> None:
        self.errors.append(error)


@dataclass
class MemoryStore:
    """What a switchboard asks of the store; every question takes a moment, as a database does."""

    journal_writer: MemoryJournal = field(default_factory=MemoryJournal)
    routes: dict[str, Route] = field(default_factory=dict[str, Route])
    summaries: dict[str, CallSummary] = field(default_factory=dict[str, CallSummary])
    diaries: dict[TenantId, DiaryInMemory] = field(default_factory=dict[TenantId, DiaryInMemory])
    beats: int = 0
    answers_s: float = 0.002
    locked: int = 0
    """How many attempts to write a call's row will find the database locked."""

    async def find_number(self, e164: str) -> Route | None:
        await asyncio.sleep(self.answers_s)
        return self.routes.get(e164)

    async def mark_good(self, route: Route, version: int) -> None:
        await asyncio.sleep(self.answers_s)
        newest = self.routes[route.number]
        if newest.configuration.version == version:
            self.routes[route.number] = replace(newest, last_good=newest.configuration)

    async def open_call(self, call: NewCall, *, process: str, now: datetime) -> None:
        if self.locked:
            self.locked -= 1
            await asyncio.sleep(5.0)
            raise sqlite3.OperationalError("database is locked")
        await asyncio.sleep(self.answers_s)
        self._put(call, CallState.OPEN, None, now)

    async def reject_call(
        self, call: NewCall, *, reason: str, now: datetime, outcome: Outcome = Outcome.REJECTED, once: str = ""
    ) -> bool:
        await asyncio.sleep(self.answers_s)
        self._put(call, CallState.REJECTED, reason, now)
        self.summaries[call.id] = replace(self.summaries[call.id], outcome=outcome)
        return True

    async def close_call(self, call_id: str, *, outcome: Outcome, reason: str, now: datetime) -> None:
        await asyncio.sleep(self.answers_s)
        call = self.summaries[call_id]
        assert call.state is CallState.OPEN, "closed twice"
        seconds = (now - call.started_at).total_seconds()
        self.summaries[call_id] = replace(call, state=CallState.ENDED, outcome=outcome, reason=reason, seconds=seconds)

    async def call(self, call_id: str) -> CallSummary:
        turns = self.journal_writer.turns.get(call_id, {})
        return replace(self.summaries[call_id], turns=tuple(turns[n] for n in sorted(turns)))

    async def beat(self, process: str, *, now: datetime) -> None:
        self.beats += 1

    async def close_abandoned(self, *, now: datetime) -> list[str]:
        return []

    async def report_once(self, key: str, error: ErrorRecord, *, now: datetime) -> bool:
        self.journal_writer.error(error, now=now)
        return True

    def diary(self, tenant: TenantId) -> DiaryInMemory:
        return self.diaries.setdefault(tenant, DiaryInMemory())

    def _put(self, call: NewCall, state: CallState, reason: str | None, now: datetime) -> None:
        self.summaries[call.id] = CallSummary(
            call.id, call.tenant, call.line, call.caller, call.dialled, state, None, reason, now, 0.0
        )


@dataclass
class House:
    """A house that takes calls for one business."""

    business: Business = field(default_factory=lambda: replace(demo_business("dentist"), greeting=HELLO))
    models: Sequence[LanguageModel] = ()
    voice: ToneVoice = field(default_factory=ToneVoice)
    recognizer: CodeReader = field(default_factory=CodeReader)
    patience: Patience = field(default_factory=Patience)
    ways: Ways = field(default_factory=Ways)
    first_piece_s: float = 3.0
    phrases_ready: bool = True
    store: MemoryStore = field(default_factory=MemoryStore)
    switchboard: Switchboard = field(init=False)
    voices: dict[str, ToneVoice] = field(default_factory=dict[str, ToneVoice])
    """A voice of its own for each business name, where there is one."""

    @asynccontextmanager
    async def open(self) -> AsyncIterator["House"]:
        loop = asyncio.get_running_loop()
        began = loop.time()
        rules = CallRules(
            patience=self.patience,
            ways=self.ways,
            most_calls=10,
            process="test",
            utc_now=lambda: NOW + timedelta(seconds=loop.time() - began),
        )
        self.set_up(NUMBER, self.business)
        store = cast(Store, self.store)  # the same calls; a protocol of them would serve tests alone
        activity = LevelActivity()
        agents = Agents(store, self._agent)
        async with Switchboard(store, agents, activity=cast(VoiceActivity, activity), rules=rules) as switchboard:
            self.switchboard = switchboard
            yield self
        assert not activity.ears, "an ear was left open"
        assert self.recognizer.open_now == 0, "a recognizer was left open"

    def set_up(self, number: str, business: Business, *, active: bool = True) -> None:
        """A new version of the agent behind `number`."""
        old = self.store.routes.get(number)
        version = 1 if old is None else old.configuration.version + 1
        tenant = TenantId(len(self.store.routes) + 2) if old is None else old.tenant
        configuration = Configuration(version, business.profession.name, configuration_of(business))
        good = None if old is None else old.last_good
        self.store.routes[number] = Route(tenant, int(tenant), business.name, number, active, configuration, good)

    async def take(self, caller: Caller, *, called: str = NUMBER, call_sid: str = "") -> CallSummary | Rejected:
        """One whole call."""
        admission = await self.switchboard.admit(Incoming("simulated", "+12125550100", called, call_sid, {}))
        if not isinstance(admission, Accepted):
            return admission
        incoming = Incoming("simulated", "+12125550100", called, call_sid, {"route": admission.route})
        owner = self.switchboard.connect(incoming, caller)
        await caller.call(owner)
        call_id = await self.switchboard.closed(owner)
        return await self.store.call(call_id)

    def _agent(self, business: Business) -> Agent:
        voice = self.voices.get(business.name, self.voice)
        greeting = business.greeting or HELLO
        book = Phrasebook(PhraseCache(), self._ready_voice(voice), greeting, lambda: NOW.timestamp())
        receptionist = Receptionist(business, self.models, first_piece_s=self.first_piece_s)
        return Agent(business, greeting, receptionist, self.recognizer, voice, book)

    def _ready_voice(self, voice: ToneVoice) -> ToneVoice:
        """Who speaks the phrases ahead of time: a voice may break later."""
        return ToneVoice(identity=voice.identity) if self.phrases_ready else voice


def one_call(house: House, caller: Caller) -> CallSummary:
    """A call from ring to end, in a house that is then closed."""

    async def main() -> CallSummary:
        async with house.open():
            summary = await house.take(caller)
        assert isinstance(summary, CallSummary)
        return summary

    return run(main())
