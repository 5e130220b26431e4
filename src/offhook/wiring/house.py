"""A whole process that takes calls.

async with open_house(settings, data) as house:
    ...  # house.switchboard takes calls, house.store keeps them
"""

import os
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from offhook.audio.phrases import PhraseCache
from offhook.audio.voice_activity import VoiceActivity
from offhook.calls.agents import Agent, Agents
from offhook.calls.phrasebook import Phrasebook
from offhook.calls.switchboard import CallRules, Switchboard
from offhook.conversation.patience import Patience
from offhook.conversation.states import Ways
from offhook.receptionist.business import Business
from offhook.receptionist.greeting import greeting_of
from offhook.receptionist.receptionist import Receptionist
from offhook.receptionist.warming import warm_up
from offhook.settings import Settings
from offhook.store.store import Store, open_store
from offhook.wiring.clock import utc_now
from offhook.wiring.engines import ears, turn_judge, voice, warm
from offhook.wiring.folders import installation_key, phrase_folder
from offhook.wiring.language_models import language_models


@dataclass(frozen=True, slots=True)
class House:
    """Everything of one process."""

    settings: Settings
    store: Store
    switchboard: Switchboard
    key: str
    recognizer_name: str
    voice_name: str


@asynccontextmanager
async def open_house(
    settings: Settings, data: Path, *, browser_number: str | None = None, now: Callable[[], datetime] = utc_now
) -> AsyncIterator[House]:
    """A process that takes calls, from its database to its voice; leaving ends them all.

    Raises:
        UnusableStore, ProviderError, UnknownProvider: Before any call is taken.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(data))
        models = await stack.enter_async_context(language_models(settings))
        await warm(*models)
        hear = await ears(settings, stack)
        speaks = await voice(settings, stack)
        judge_of = await turn_judge(settings, stack)
        phrases = PhraseCache(phrase_folder(settings))

        def make_agent(business: Business) -> Agent:
            warm_up(business, now())
            greeting = greeting_of(business)
            book = Phrasebook(phrases, speaks, greeting, lambda: now().timestamp())
            return Agent(business, greeting, Receptionist(business, models), hear.of(business), speaks, book)

        rules = CallRules(
            patience=Patience(silence=settings.silence_s, filler=1.2 if settings.filler else None),
            ways=Ways(speculate=settings.speculate),
            most_calls=settings.most_calls,
            process=f"{os.getpid()}-{secrets.token_hex(4)}",
            utc_now=now,
            browser_number=browser_number,
        )
        switchboard = await stack.enter_async_context(
            Switchboard(store, Agents(store, make_agent), activity=VoiceActivity(), rules=rules, judge_of=judge_of)
        )
        identity = speaks.identity
        yield House(
            settings,
            store,
            switchboard,
            installation_key(settings, data),
            hear.name,
            f"{identity.provider}/{identity.voice}",
        )
