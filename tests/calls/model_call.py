"""A typed call whose receptionist asks the kit's fake model, through the real heart and the real running call."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from offhook.calls.call_journal import CallJournal
from offhook.calls.running import RunningCall
from offhook.calls.tape import Began
from offhook.calls.typed_call import PATIENT_STATES, TypedCall
from offhook.conversation.form import Form
from offhook.conversation.patience import Patience
from offhook.conversation.states import Ways
from offhook.providers.openai import OpenAI, OpenAISettings
from offhook.receptionist.actions import Actions
from offhook.receptionist.business import Business
from offhook.receptionist.configuration import configuration_of
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.greeting import greeting_of
from offhook.receptionist.outcome import outcome_of
from offhook.receptionist.receptionist import Receptionist
from offhook.store.records import CallSummary, Generation, NewAgent, NewCall
from offhook.store.store import Store, open_store
from tests.providers.kit import Vendors

MONDAY_AT_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
UTC_NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def tool(name: str, /, **arguments: object) -> dict[str, Any]:
    """A tool call as the kit's fake sends it."""
    return {"id": f"call_{name}", "name": name, "arguments": arguments}


def says(text: str = "", *calls: Mapping[str, Any]) -> dict[str, Any]:
    """One answer of the fake."""
    return {"text": text, "calls": list(calls)} if calls else {"text": text}


@dataclass
class ModelCall:
    """Such a call: who answers, and what came of it."""

    vendors: Sequence[Vendors]
    folder: Path
    business: Business = field(default_factory=lambda: demo_business("dentist"))
    replies: list[str] = field(default_factory=list)
    form: Form = field(default_factory=Form)
    forms: list[Form] = field(default_factory=list)
    """The form each time the agent had spoken."""
    generations: list[Generation] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    summary: CallSummary | None = None
    outcome: str = ""

    async def hold(self, *lines: str | Callable[[], None]) -> "ModelCall":
        """Type these lines, one after each reply; what is no line is done between two."""
        async with open_store(self.folder) as store, aiohttp.ClientSession() as http:
            call, new = await self._open(store, http)

            async def typed() -> AsyncIterator[str]:
                for line in lines:
                    if isinstance(line, str):
                        yield line
                    else:
                        line()

            def show(text: str) -> None:
                self.replies.append(text)
                self.forms.append(call.conversation.form)

            reason = await TypedCall(call).run(typed(), show)
            self.form = call.conversation.form
            self.outcome = outcome_of(self.form, reason).value
            await store.close_call(new.id, outcome=outcome_of(self.form, reason), reason=reason.value, now=UTC_NOW)
            self.summary = await store.call(new.id)
            self.generations = await store.generations(new.id)
        return self

    @property
    def appointments(self) -> list[tuple[str, str, str, str]]:
        assert self.summary is not None
        return [
            (made.service, f"{made.start:%Y-%m-%dT%H:%M}", made.name, made.phone) for made in self.summary.appointments
        ]

    async def _open(self, store: Store, http: aiohttp.ClientSession) -> tuple[RunningCall, NewCall]:
        configured = configuration_of(self.business)
        route = await store.set_up(
            NewAgent("t", self.business.name, self.business.profession.name, configured, ()), now=UTC_NOW
        )
        await store.beat("test", now=UTC_NOW)
        new = NewCall("call-1", route.tenant, route.agent, "chat", "", "")
        await store.open_call(new, process="test", now=UTC_NOW)
        began = Began(greeting_of(self.business), Patience(filler=None, reply=60.0), Ways(), Form())
        journal = CallJournal(store.journal_writer, call_id=new.id, tenant=new.tenant, now=lambda: UTC_NOW)
        journal.begin(began)
        models = [
            OpenAI(http, OpenAISettings(api_key="k", model=f"fake-{place}", base_url=f"http://{vendors.host}/v1"))
            for place, vendors in enumerate(self.vendors)
        ]
        call = RunningCall(
            began.conversation(),
            receptionist=Receptionist(self.business, models),
            actions=Actions(self.business, store.diary(new.tenant), call_id=new.id),
            journal=journal,
            wall=MONDAY_AT_TEN,
            patient=PATIENT_STATES,
        )
        return call, new


@asynccontextmanager
async def model_call(folder: Path, *, models: int = 1, takes_bookings: bool = True) -> AsyncIterator[ModelCall]:
    """A call to the demo dentist with so many models in its chain."""
    business = replace(demo_business("dentist"), takes_bookings=takes_bookings)
    vendors = [Vendors() for _ in range(models)]
    if models == 1:
        async with vendors[0].listening():
            yield ModelCall(vendors, folder, business)
        return
    assert models == 2
    async with vendors[0].listening(), vendors[1].listening():
        yield ModelCall(vendors, folder, business)
