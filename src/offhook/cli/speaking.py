"""A voice for the simulated caller: words in, sound out."""

import asyncio

from offhook.calls.phrasebook import spoken as spoken_by
from offhook.providers.flite import flite_voice


async def spoken(words: str, voice: str) -> bytes:
    """`words` as mu-law, 8 kHz; raises ProviderError where flite is not installed."""
    async with flite_voice(voice) as mouth, asyncio.timeout(10):
        return (await spoken_by(mouth, words)).samples
