"""The house as Twilio sees it: webhooks, tokens, streams, and what is stored of a call."""

import asyncio
import signal
from pathlib import Path

from offhook.store.store import open_store
from tests.house.serving import CALLER, NUMBER, serving, voice_form
from tests.house.streams import admitted, streams_caller


async def test_webhooks_that_are_not_twilios_are_refused_and_strangers_numbers_turned_away(
    tmp_path: Path, cache: Path
) -> None:
    async with serving(tmp_path, cache) as served:
        assert (await served.twilio("/twilio/voice", voice_form("CA1"), signature="forged"))[0] == 403
        assert (await served.twilio("/twilio/voice", voice_form("CA1"), signature=""))[0] == 403
        assert (await served.twilio("/twilio/status", voice_form("CA1"), signature="forged"))[0] == 403

        for _ in range(2):  # a carrier that repeats itself hears the same, and it is one call
            status, twiml = await served.twilio("/twilio/voice", voice_form("CA2", to="+15005550199"))
            assert (status, "<Say" in twiml, "<Hangup" in twiml, "<Stream" in twiml) == (200, True, True, False)

        async with open_store(tmp_path) as store:
            await store.set_active(NUMBER, active=False)
        status, twiml = await served.twilio("/twilio/voice", voice_form("CA3"))
        assert (status, "<Say" in twiml, "<Stream" in twiml) == (200, True, False)

        rejected = await served.calls()
        assert [(call["state"], call["outcome"], call["from"], call["to"]) for call in rejected] == [
            ("rejected", "rejected", CALLER, "+15005550199"),
            ("rejected", "rejected", CALLER, NUMBER),
        ]


async def test_a_token_opens_one_stream_also_after_a_restart(tmp_path: Path, cache: Path) -> None:
    async with serving(tmp_path, cache) as served:
        token = await admitted(served, "CA1")
        assert await served.ends(signal.SIGTERM) == 0
    async with serving(tmp_path, cache) as served:
        async with streams_caller(served) as first, asyncio.TaskGroup() as both:
            both.create_task(first.calls("CA1", token))
            await first.hears(2.0)
            async with streams_caller(served) as second:
                await second.calls("CA1", token)
            assert (second.closed_by, second.audible_s) == (1008, 0.0)
            first.line.leave()
        [call] = await served.calls()
        assert (call["state"], call["outcome"], call["from"], call["to"]) == ("ended", "abandoned", CALLER, NUMBER)
        assert call["transcript"][0][1].startswith("Thank you")


async def test_a_full_house_turns_callers_away_politely(tmp_path: Path, cache: Path) -> None:
    async with serving(tmp_path, cache, OFFHOOK_MOST_CALLS="1") as served, streams_caller(served) as caller:
        token = await admitted(served, "CA1")
        async with asyncio.TaskGroup() as both:
            both.create_task(caller.calls("CA1", token))
            await caller.hears(0.1)
            status, twiml = await served.twilio("/twilio/voice", voice_form("CA2"))
            assert (status, "busy" in twiml, "<Stream" in twiml) == (200, True, False)
            caller.line.leave()
        assert [call["state"] for call in await served.calls()] == ["ended", "rejected"]
