"""A process that serves one typed call until it is killed: `python one_process.py FOLDER NAME`.

A line of stdin is what the caller says; after each, when the journal has it, "ok" and the call's id come back.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from offhook.calls.call_journal import CallJournal
from offhook.calls.running import RunningCall
from offhook.calls.tape import Began
from offhook.calls.typed_call import PATIENT_STATES, TypedCall
from offhook.conversation.form import Form
from offhook.conversation.patience import Patience
from offhook.conversation.states import Ways
from offhook.receptionist.actions import Actions
from offhook.receptionist.configuration import configuration_of
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.receptionist import Receptionist
from offhook.store.records import NewAgent, NewCall, new_call_id
from offhook.store.store import open_store

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


async def main(folder: Path, process: str) -> None:
    business = demo_business("dentist")
    async with open_store(folder) as store:
        wanted = NewAgent("demo", business.name, "dentist", configuration_of(business), ("+15005550007",))
        route = await store.set_up(wanted, now=NOW)
        new = NewCall(new_call_id(NOW), route.tenant, route.agent, "chat", "", route.number)
        await store.beat(process, now=NOW)
        await store.open_call(new, process=process, now=NOW)
        journal = CallJournal(store.journal_writer, call_id=new.id, tenant=new.tenant, now=lambda: NOW)
        began = Began("Hello, how can I help?", Patience(), Ways(), Form())
        journal.begin(began)
        call = RunningCall(
            began.conversation(),
            receptionist=Receptionist(business),
            actions=Actions(business, store.diary(new.tenant), call_id=new.id),
            journal=journal,
            wall=NOW.astimezone(business.zone),
            patient=PATIENT_STATES,
        )

        async def lines() -> AsyncIterator[str]:
            while True:
                await store.journal_writer.flush()  # a loaded machine is slow, not wrong
                print("ok", new.id, flush=True)  # noqa: T201  the answer to who drives this process
                yield (await asyncio.to_thread(sys.stdin.readline)).strip()

        await TypedCall(call).run(lines(), lambda text: None)


asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
