"""Ears and voice, as the settings ask for them."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import structlog

from offhook.calls.audio_call import JudgeOf
from offhook.providers.cartesia import Cartesia, CartesiaSettings
from offhook.providers.deepgram import Deepgram, DeepgramSettings
from offhook.providers.errors import ProviderError, ProviderUnavailable
from offhook.providers.espeak import espeak_is_installed, espeak_voice
from offhook.providers.flite import flite_is_installed, flite_voice
from offhook.providers.kokoro import kokoro_voice
from offhook.providers.models import is_present
from offhook.providers.openai import OpenAI
from offhook.providers.pocketsphinx import PocketSphinx, pocketsphinx_children
from offhook.providers.smart_turn import smart_turn
from offhook.providers.stt import Recognizer
from offhook.providers.tts import Voice
from offhook.providers.whisper import Whisper, whisper_children, whisper_is_installed
from offhook.receptionist.business import Business
from offhook.receptionist.vocabulary import Vocabulary
from offhook.settings import Settings
from offhook.wiring.folders import cache_folder, models_folder
from offhook.wiring.keys import needed

log = structlog.get_logger("offhook.wiring")

WHISPER, KOKORO = "whisper-base.en", "kokoro"
"""The local engines that are used by themselves once their weights are there."""
SMART_TURN = "smart-turn"


@dataclass(frozen=True, slots=True)
class Ears:
    """How businesses hear."""

    name: str
    """What the engine is called, e.g. "pocketsphinx (built-in)"."""
    of: Callable[[Business], Recognizer]
    """A business gets its recognizer."""


async def ears(settings: Settings, stack: AsyncExitStack) -> Ears:
    """What hears; `stack` ends it."""
    models = models_folder(settings)
    match settings.stt:
        case "deepgram":
            deepgram = Deepgram(
                DeepgramSettings(
                    api_key=needed(settings.deepgram_api_key, "DEEPGRAM_API_KEY"),
                    url=settings.deepgram_url,
                    model=settings.deepgram_model,
                )
            )
            await stack.enter_async_context(deepgram)
            return Ears(deepgram.abilities.name, lambda _: deepgram)
        case "whisper":
            return await _whisper(models, settings, stack)
        case "auto" if whisper_is_installed() and is_present(models, WHISPER):
            return await _whisper(models, settings, stack)
        case _:
            kids = await stack.enter_async_context(
                pocketsphinx_children(cache_folder(settings), size=settings.decoders)
            )
            name = PocketSphinx(kids, lambda _: ()).abilities.name
            return Ears(name, lambda business: PocketSphinx(kids, _prepared(business).sentences))


async def _whisper(models: Path, settings: Settings, stack: AsyncExitStack) -> Ears:
    if not is_present(models, WHISPER):
        raise ProviderUnavailable("whisper", "its weights are not there", f"Run `offhook models pull {WHISPER}`.")
    kids = await stack.enter_async_context(whisper_children(models / WHISPER, size=settings.decoders))
    whisper = Whisper(kids, WHISPER)
    return Ears(whisper.abilities.name, lambda _: whisper)


def _prepared(business: Business) -> Vocabulary:
    """The vocabulary of a business, made before a caller waits for it."""
    vocabulary = Vocabulary(business)
    vocabulary.prepare()
    return vocabulary


async def voice(settings: Settings, stack: AsyncExitStack) -> Voice:
    """What speaks; `stack` ends it."""
    models = models_folder(settings)
    match settings.tts:
        case "cartesia":
            cartesia = Cartesia(
                CartesiaSettings(
                    api_key=needed(settings.cartesia_api_key, "CARTESIA_API_KEY"),
                    voice=settings.cartesia_voice,
                    url=settings.cartesia_ws_url,
                    model=settings.cartesia_model,
                )
            )
            await stack.enter_async_context(cartesia)
            await warm(cartesia)
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


async def turn_judge(settings: Settings, stack: AsyncExitStack) -> JudgeOf | None:
    """The end-of-turn model, if it is asked for; raises ProviderUnavailable where its weights are missing."""
    if not settings.turn_model:
        return None
    model = await stack.enter_async_context(smart_turn(models_folder(settings) / SMART_TURN))
    return model.judge


async def warm(*providers: object) -> None:
    """Make connections before the first call pays for them; one that fails now is tried again when it is needed."""
    for provider in providers:
        if isinstance(provider, OpenAI | Cartesia):
            try:
                await provider.warm()
            except ProviderError as failure:
                log.warning(
                    "provider_not_ready",
                    kind="provider_not_ready",
                    severity="warning",
                    room="wiring",
                    provider=failure.provider,
                    problem=failure.problem,
                    done="it is tried again when it is needed",
                )
