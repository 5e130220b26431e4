"""Promise 7, judged on what a language model's server received."""

import asyncio
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import aiohttp
from hypothesis import given
from hypothesis import strategies as st

from offhook.conversation.commands import Think, Utterance
from offhook.conversation.form import Form
from offhook.providers.openai import OpenAI, OpenAISettings
from offhook.receptionist.business import Business
from offhook.receptionist.configuration import business_of, configuration_of
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.profession_file import load_profession, profession_names
from offhook.receptionist.receptionist import Receptionist
from tests.providers.kit import Vendors

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
words = st.text(st.characters(codec="utf-8", exclude_characters="{}", categories=["L", "N", "P", "Zs"]), max_size=60)
changes = st.lists(st.one_of(words, st.sampled_from(["{business}", "{title}", "{address}"])), max_size=4).map(" ".join)


@st.composite
def businesses(draw: st.DrawFn) -> Business:
    """A tenant of any profession with changes of its own, as it is stored and read back."""
    demo = demo_business(draw(st.sampled_from(profession_names())))
    named = replace(demo, name=draw(words.filter(str.strip)).strip(), address=draw(words), tone=draw(words))
    changed = replace(named, prompt_changes=draw(changes), takes_bookings=draw(st.booleans()))
    return business_of(changed.profession.name, configuration_of(changed))


@given(st.lists(businesses(), min_size=1, max_size=3))
def test_a_model_is_sent_the_prompt_of_its_profession(tenants: list[Business]) -> None:
    """Tenants of all professions are answered for at the same time.

    Feature: ai-voice-agent, Property 7: for any profession the model is sent exactly its prompt (with tenant's changes)
    """
    asked = asyncio.run(_sent(tenants))
    for place, business in enumerate(tenants):
        system = asked[f"caller {place}"]
        prompt = _filled(business, load_profession(business.profession.name).system_prompt)
        assert system.startswith(f"{prompt}\n\n")
        others = {load_profession(name).system_prompt for name in profession_names()}
        for other in others - {business.profession.system_prompt}:
            assert _filled(business, other) not in system
        if wanted := _filled(business, business.prompt_changes).strip():
            rest = system.removeprefix(f"{prompt}\n\n")
            assert rest.startswith(f"# Changes by {business.name}, which come before the above\n{wanted}")


def _filled(business: Business, template: str) -> str:
    for name, value in (
        ("business", business.name),
        ("title", business.profession.title),
        ("address", business.address),
    ):
        template = template.replace(f"{{{name}}}", value)
    return template


async def _sent(tenants: list[Business]) -> dict[str, str]:
    """The system prompts that the server got, by the caller's words."""
    vendors = Vendors()
    async with vendors.listening(), aiohttp.ClientSession() as http, asyncio.TaskGroup() as tasks:
        model = OpenAI(http, OpenAISettings(api_key="k", model="fake", base_url=f"http://{vendors.host}/v1"))
        for place, business in enumerate(tenants):
            tasks.create_task(_answered(Receptionist(business, [model]), f"caller {place}"))
    return {body["messages"][-1]["content"]: body["messages"][0]["content"] for body in vendors.asked}


async def _answered(receptionist: Receptionist, said: str) -> None:
    think = Think(1, (Utterance("caller", said),), Form())
    async for _ in receptionist.reply(think, now=NOW, record=lambda _: None):
        pass
