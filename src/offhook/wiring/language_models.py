"""The language models that the settings ask for; none is the rule: then the scripted receptionist answers alone."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from offhook.providers.llm import LanguageModel
from offhook.settings import Settings
from offhook.wiring.keys import needed

if TYPE_CHECKING:
    import aiohttp


class UnknownProvider(ValueError):
    """A name in the settings that no file answers to."""


def _openai(settings: Settings, http: "aiohttp.ClientSession") -> LanguageModel:
    from offhook.providers.openai import OpenAI, OpenAISettings

    key = needed(settings.openai_api_key, "OPENAI_API_KEY")
    return OpenAI(http, OpenAISettings(api_key=key, model=settings.openai_model, base_url=settings.openai_base_url))


LLMS: dict[str, Callable[[Settings, "aiohttp.ClientSession"], LanguageModel]] = {"openai": _openai}
"""A new vendor is one file, one line here and one row in `tests/providers/test_llm_contract.py`."""


@asynccontextmanager
async def language_models(settings: Settings) -> AsyncIterator[tuple[LanguageModel, ...]]:
    """The models that `OFFHOOK_LLM` names, in order; they share connections, as many as there are calls.

    Raises:
        UnknownProvider: It names one that is none.
        ProviderUnavailable: A key is missing.
    """
    if unknown := sorted(set(settings.models_asked) - LLMS.keys()):
        raise UnknownProvider(
            f"OFFHOOK_LLM names {', '.join(unknown)}. Choose among: {', '.join(sorted(LLMS))}, scripted."
        )
    if not settings.models_asked:
        yield ()
        return
    import aiohttp  # slow to load, and a typed call with the script needs none

    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=75)
    async with aiohttp.ClientSession(connector=connector) as http:
        yield tuple(LLMS[name](settings, http) for name in settings.models_asked)
