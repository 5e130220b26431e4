"""The port: who may have it, what it says of its health, and how it is left."""

import asyncio
import os
import signal
import socket

import aiohttp
import pytest

from offhook.telephony.browser import is_ours, same_origin
from offhook.telephony.listening import PortTaken, listen
from offhook.telephony.server import doors, serve
from offhook.telephony.tokens import Tokens
from offhook.telephony.twilio_webhooks import TwilioAccount
from tests.telephony.house import KEY, RecordingExchange, open_house


def test_a_busy_port_is_named_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} on 127.0.0.1 is in use by another program. Stop that one or"):
            listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(PortTaken, match=r"192\.0\.2\.1 is not an address of this machine"):
        listen("192.0.2.1", 0)


async def test_health_says_whether_calls_can_be_taken() -> None:
    async with open_house() as house, aiohttp.ClientSession() as http:
        for is_open, expected in [(True, 200), (False, 503), (True, 200)]:
            house.exchange.open = is_open
            async with http.get(f"{house.url}/health/live") as answer:
                assert answer.status == expected


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_serving_and_leaves_the_rest_to_the_caller(number: signal.Signals) -> None:
    served = doors(RecordingExchange(), twilio=TwilioAccount(None, None), tokens=Tokens(KEY))
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(serve(served, listening))
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/health/live") as answer:
            assert answer.status == 200
        async with aiohttp.ClientSession() as http, http.ws_connect(f"http://127.0.0.1:{port}/ws") as caller:
            os.kill(os.getpid(), number)
            await caller.receive(timeout=20)
            assert caller.close_code == aiohttp.WSCloseCode.GOING_AWAY
        await serving
    assert listening.fileno() == -1


async def test_the_page_and_its_parts_are_there_and_tell_nothing_to_strangers() -> None:
    async with open_house() as house, aiohttp.ClientSession() as http:
        for path in ["/", "/pages/softphone.js", "/pages/worklet.js", "/pages/style.css", "/softphone/about"]:
            async with http.get(house.url + path) as answer:
                assert answer.status == 200, path
        async with http.get(f"{house.url}/softphone/diary") as answer:
            assert await answer.json() == [{"service": "cleaning", "start": "2026-11-24T10:00", "name": "Ada Lovelace"}]
        async with http.get(f"{house.url}/softphone/diary", headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("origin", [None, "http://evil.example", "http://localhost:1", "null"])
async def test_a_page_of_another_origin_gets_neither_token_nor_socket(origin: str | None) -> None:
    async with open_house() as house, aiohttp.ClientSession() as http:
        headers = {} if origin is None else {"Origin": origin}
        async with http.post(f"{house.url}/softphone/token", headers=headers) as answer:
            assert answer.status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(f"{house.url}/softphone", headers=headers)
        assert set(house.kinds()) == {"foreign_origin"}


async def test_a_house_that_takes_no_calls_tells_the_page_why() -> None:
    async with open_house() as house, aiohttp.ClientSession() as http:
        house.exchange.open = False
        async with http.post(f"{house.url}/softphone/token", headers={"Origin": house.url}) as answer:
            assert (answer.status, await answer.json()) == (503, {"problem": "All lines are busy. Please call again."})


async def test_a_house_that_is_being_stopped_gives_the_page_no_token() -> None:
    async with open_house() as house, aiohttp.ClientSession() as http:
        house.served.sockets.draining = True
        async with http.post(f"{house.url}/softphone/token", headers={"Origin": house.url}) as answer:
            assert answer.status == 503
            assert "being stopped" in (await answer.json())["problem"]


def test_only_our_own_names_are_ours() -> None:
    public = "https://voice.example.com"
    assert same_origin(public, "10.0.0.5:8000", public)
    assert same_origin("http://localhost:8000", "localhost:8000", None)
    assert not same_origin("http://evil.example:8000", "evil.example:8000", public)  # a name made to resolve to us
    assert not same_origin("http://localhost:9000", "localhost:8000", None)
    assert not same_origin("http://voice.example.com", "voice.example.com", "https://other.example.com")
    assert not is_ours("evil.example:8000", None)
    assert is_ours("[::1]:8000", None)
