"""The one module that knows everybody: builds the running parts from the settings.

async with open_house(settings, data) as house:
    ...  # house.switchboard takes calls, house.store keeps them
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import platformdirs
import structlog

from offhook.audio.phrases import PhraseCache
from offhook.audio.voice_activity import VoiceActivity
from offhook.calls.agents import Agent, Agents, greeting_of
from offhook.calls.phrasebook import Phrasebook
from offhook.calls.switchboard import CallRules, Switchboard
from offhook.conversation.patience import Patience
from offhook.conversation.states import Ways
from offhook.providers.cartesia import Cartesia, CartesiaSettings
from offhook.providers.deepgram import Deepgram, DeepgramSettings
from offhook.providers.errors import ProviderError, ProviderUnavailable
from offhook.providers.espeak import espeak_is_installed, espeak_voice
from offhook.providers.flite import flite_is_installed, flite_voice
from offhook.providers.kokoro import kokoro_voice
from offhook.providers.llm import LanguageModel
from offhook.providers.models import is_present
from offhook.providers.openai import OpenAI, OpenAISettings
from offhook.providers.pocketsphinx import PocketSphinx, pocketsphinx_children
from offhook.providers.stt import Recognizer
from offhook.providers.tts import Voice
from offhook.providers.whisper import Whisper, whisper_children, whisper_is_installed
from offhook.receptionist.business import Business
from offhook.receptionist.configuration import configuration_of
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.receptionist import Receptionist
from offhook.receptionist.vocabulary import Vocabulary
from offhook.receptionist.warming import warm_up
from offhook.settings import Settings
from offhook.store.records import NewAgent, Route
from offhook.store.store import Store, open_store

log = structlog.get_logger("offhook.wiring")

DEMO_NUMBER = "+15005550007"
WHISPER, KOKORO = "whisper-base.en", "kokoro"
"""The local engines that are used by themselves once their weights are there."""


class UnusableFolder(Exception):
    """A folder that offhook needs cannot be written; the message says which and what to do."""


class UnknownProvider(ValueError):
    """A name in the settings that no file answers to."""


LLMS: dict[str, Callable[[Settings, aiohttp.ClientSession], LanguageModel]] = {
    "openai": lambda settings, http: OpenAI(
        http,
        OpenAISettings(
            api_key=_secret(settings.openai_api_key, "OPENAI_API_KEY"),
            model=settings.openai_model,
            base_url=settings.openai_base_url,
        ),
    ),
}
"""A new vendor is one file, one line here and one row in `tests/providers/test_llm_contract.py`."""


def utc_now() -> datetime:
    """The wall clock; everything else is handed it."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """Everything of one process."""

    settings: Settings
    store: Store
    switchboard: Switchboard
    key: str
    recognizer_name: str
    voice_name: str


def http_session() -> aiohttp.ClientSession:
    """What all language models share; connections are kept, and there are as many as there are calls."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=75))


def cache_folder(settings: Settings) -> Path:
    """Where derived files live."""
    return settings.cache or Path(platformdirs.user_cache_dir("offhook"))


def models_folder(settings: Settings) -> Path:
    """Where downloaded weights live."""
    return settings.models or cache_folder(settings) / "models"


def phrase_folder(settings: Settings) -> Path:
    """Where phrases are kept as sound."""
    return cache_folder(settings) / "phrases"


def language_models(settings: Settings, http: aiohttp.ClientSession) -> tuple[LanguageModel, ...]:
    """The models that `OFFHOOK_LLM` names, in order."""
    if unknown := sorted(set(settings.models_asked) - LLMS.keys()):
        raise UnknownProvider(
            f"OFFHOOK_LLM names {', '.join(unknown)}. Choose among: {', '.join(sorted(LLMS))}, scripted."
        )
    return tuple(LLMS[name](settings, http) for name in settings.models_asked)


@asynccontextmanager
async def open_house(
    settings: Settings, data: Path, *, browser_number: str | None = None, now: Callable[[], datetime] = utc_now
) -> AsyncIterator[House]:
    """A process that takes calls, from its database to its voice; leaving ends them all.

    Raises:
        UnusableFolder, UnusableStore, ProviderError, UnknownProvider: Before any call is taken.
    """
    async with AsyncExitStack() as stack:
        await asyncio.to_thread(warm_up, now())
        store = await stack.enter_async_context(open_store(data))
        http = await stack.enter_async_context(http_session())
        models = language_models(settings, http)
        await _warm(*models)
        hear = await _recognizers(settings, stack)
        voice = await _voice(settings, stack)
        phrases = PhraseCache(phrase_folder(settings))
        recognizer_name = ""

        def make_agent(business: Business) -> Agent:
            nonlocal recognizer_name
            recognizer = hear(business)
            recognizer_name = recognizer.abilities.name
            greeting = greeting_of(business)
            book = Phrasebook(phrases, voice, greeting, lambda: now().timestamp())
            return Agent(business, greeting, Receptionist(business, models), recognizer, voice, book)

        rules = CallRules(
            patience=Patience(silence=settings.silence_s, filler=1.2 if settings.filler else None),
            ways=Ways(speculate=settings.speculate, judges_turns=settings.turn_model),
            most_calls=settings.most_calls,
            process=f"{os.getpid()}-{secrets.token_hex(4)}",
            utc_now=now,
            browser_number=browser_number,
        )
        switchboard = await stack.enter_async_context(
            Switchboard(store, Agents(store, make_agent), activity=VoiceActivity(), rules=rules)
        )
        identity = voice.identity
        yield House(
            settings,
            store,
            switchboard,
            installation_key(settings, data),
            recognizer_name,
            f"{identity.provider}/{identity.voice}",
        )


async def set_up_demo(store: Store, profession: str, *, number: str | None = DEMO_NUMBER) -> Route:
    """The demo tenant of a profession, made where it is missing."""
    return await set_up(store, demo_business(profession), name=f"demo-{profession}", number=number)


async def set_up(store: Store, business: Business, *, name: str, number: str | None) -> Route:
    """A tenant with one agent."""
    new = NewAgent(
        tenant=name,
        name=business.name,
        profession=business.profession.name,
        configuration=configuration_of(business),
        numbers=(number,) if number else (),
    )
    return await store.set_up(new, now=utc_now())


def installation_key(settings: Settings, data: Path) -> str:
    """The key that signs tokens: the setting, else one made in the data folder."""
    if settings.key is not None:
        return settings.key.get_secret_value()
    file = data / "installation.key"
    if not file.exists():
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as opened:
            opened.write(secrets.token_urlsafe(32))
    return file.read_text().strip()


async def _recognizers(settings: Settings, stack: AsyncExitStack) -> Callable[[Business], Recognizer]:
    """How a business gets its ears."""
    models = models_folder(settings)
    match settings.stt:
        case "deepgram":
            deepgram = Deepgram(
                DeepgramSettings(
                    api_key=_secret(settings.deepgram_api_key, "DEEPGRAM_API_KEY"),
                    url=settings.deepgram_url,
                    model=settings.deepgram_model,
                )
            )
            await stack.enter_async_context(deepgram)
            return lambda _: deepgram
        case "whisper":
            return await _whisper(models, settings, stack)
        case "auto" if whisper_is_installed() and is_present(models, WHISPER):
            return await _whisper(models, settings, stack)
        case _:
            kids = await stack.enter_async_context(
                pocketsphinx_children(cache_folder(settings), size=settings.decoders)
            )
            return lambda business: PocketSphinx(kids, _prepared(business).sentences)


async def _whisper(models: Path, settings: Settings, stack: AsyncExitStack) -> Callable[[Business], Recognizer]:
    if not is_present(models, WHISPER):
        raise ProviderUnavailable("whisper", "its weights are not there", f"Run `offhook models pull {WHISPER}`.")
    kids = await stack.enter_async_context(whisper_children(models / WHISPER, size=settings.decoders))
    whisper = Whisper(kids, WHISPER)
    return lambda _: whisper


def _prepared(business: Business) -> Vocabulary:
    """The vocabulary of a business, made before a caller waits for it."""
    vocabulary = Vocabulary(business)
    vocabulary.prepare()
    return vocabulary


async def _voice(settings: Settings, stack: AsyncExitStack) -> Voice:
    models = models_folder(settings)
    match settings.tts:
        case "cartesia":
            cartesia = Cartesia(
                CartesiaSettings(
                    api_key=_secret(settings.cartesia_api_key, "CARTESIA_API_KEY"),
                    voice=settings.cartesia_voice,
                    url=settings.cartesia_ws_url,
                    model=settings.cartesia_model,
                )
            )
            await stack.enter_async_context(cartesia)
            await _warm(cartesia)
            return cartesia
        case "kokoro":
            return await stack.enter_async_context(kokoro_voice(models / KOKORO))
        case "auto" if is_present(models, KOKORO) and espeak_is_installed():
            return await stack.enter_async_context(kokoro_voice(models / KOKORO))
        case "espeak":
            return await stack.enter_async_context(espeak_voice())
        case "flite":
            return await stack.enter_async_context(flite_voice(settings.voice))
        case _ if flite_is_installed():
            return await stack.enter_async_context(flite_voice(settings.voice))
        case _:
            return await stack.enter_async_context(espeak_voice())


async def _warm(*providers: object) -> None:
    """Make connections before the first call pays for them; one that fails now is tried again when it is needed."""
    for provider in providers:
        if isinstance(provider, OpenAI | Cartesia):
            try:
                await provider.warm()
            except ProviderError as failure:
                log.warning("provider_not_ready", provider=failure.provider, problem=failure.problem)


def _secret(secret: object, name: str) -> str:
    value = getattr(secret, "get_secret_value", lambda: "")()
    if not value:
        raise ProviderUnavailable(name.split("_")[0].lower(), f"{name} is not set", f"Set {name} to your key.")
    return str(value)
