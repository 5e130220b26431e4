"""Agents ready to take calls: a stored configuration made into a receptionist with ears and a voice."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import structlog

from offhook.calls.phrasebook import Phrasebook
from offhook.providers.stt import Recognizer
from offhook.providers.tts import Voice
from offhook.receptionist.business import Business, Span
from offhook.receptionist.configuration import BadConfiguration, business_of
from offhook.receptionist.profession_file import load_profession, profession_names
from offhook.receptionist.receptionist import Receptionist
from offhook.store.records import Configuration, ErrorRecord, Route, Severity
from offhook.store.store import Store

log = structlog.get_logger("offhook.calls")


@dataclass(frozen=True, slots=True)
class Agent:
    """What a call needs of its agent."""

    business: Business
    greeting: str
    receptionist: Receptionist
    recognizer: Recognizer
    voice: Voice
    phrases: Phrasebook


MakeAgent = Callable[[Business], Agent]
"""Wiring's: gives a business its receptionist, ears and voice."""


class Agents:
    """The agents of one process, each made once per version of its configuration."""

    def __init__(self, store: Store, make: MakeAgent) -> None:
        self._store = store
        self._make = make
        self._ready: dict[tuple[int, int], Agent] = {}

    async def agent_of(self, route: Route, *, now: datetime) -> Agent:
        """The route's agent; by its last good version, else as a safe receptionist that takes a message."""
        for configuration in (route.configuration, route.last_good):
            if configuration is None:
                continue
            key = (route.agent, configuration.version)
            if key not in self._ready:
                try:
                    business = business_of(configuration.profession, configuration.body)
                    agent = await asyncio.to_thread(self._make, business)  # its vocabulary takes a while
                except BadConfiguration as error:
                    await self._tell_once(route, configuration, error, now=now)
                    continue
                await agent.phrases.prepare()
                self._ready[key] = agent
                await self._store.mark_good(route, configuration.version)
            return self._ready[key]
        return self._make(safe_business(route.agent_name, route.configuration.profession))

    async def _tell_once(
        self, route: Route, configuration: Configuration, error: BadConfiguration, *, now: datetime
    ) -> None:
        record = ErrorRecord(
            kind="agent_not_loaded",
            severity=Severity.ERROR,
            room="calls",
            tenant=route.tenant,
            done="calls are taken by the last good version, or by a receptionist that takes messages",
        )
        key = f"agent {route.agent} version {configuration.version}"
        if await self._store.report_once(key, record, now=now):
            log.error("agent_not_loaded", agent=route.agent, version=configuration.version, problem=str(error))


def safe_business(name: str, profession: str) -> Business:
    """A business of which nothing is known but its name and trade: messages are taken, nothing is promised."""
    always = {day: (Span(time(0), time(23, 59)),) for day in range(7)}
    return Business(
        name=name,
        profession=load_profession(profession if profession in profession_names() else profession_names()[0]),
        zone=ZoneInfo("America/New_York"),
        hours=always,
        services=(),
        takes_bookings=False,
        keeps_public_holidays=False,
        greeting="Hello, you have reached {business}. This is an automated assistant. I can take a message for you.",
    )
