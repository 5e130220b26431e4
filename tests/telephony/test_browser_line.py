"""The softphone's socket beyond what every line does."""

import asyncio
import json

import numpy as np
import pytest

from offhook.audio import g711
from offhook.calls.line import Incoming
from offhook.telephony.browser import LINGER_S, BrowserLine
from offhook.telephony.faults import Fault
from offhook.telephony.media_socket import MediaSockets
from offhook.telephony.tokens import Tokens
from tests import virtual_time
from tests.telephony.house import KEY, Owner, RecordingExchange, open_house
from tests.telephony.peers import a_call, browser_peer, browser_token

TONE = (np.sin(np.arange(32000) * 2 * np.pi * 440 / 32000) * 9000).astype("<i2").tobytes()


def give(line: BrowserLine, message: object) -> None:
    line.text(json.dumps(message).encode())


@pytest.mark.parametrize("hangs_up", ["the caller", "the agent"])
def test_the_socket_outlives_the_call_a_little_and_no_longer(hangs_up: str) -> None:
    async def call() -> None:
        exchange, tokens = RecordingExchange(), Tokens(KEY)
        line = BrowserLine(MediaSockets(report=list[Fault]().append), exchange, tokens)
        token = tokens.sign(Incoming("browser", "", "", "browser-1", {}), "demo", once_per_call=False)
        give(line, {"event": "start", "token": token, "rate": 16000})
        owner = exchange.owners[0]
        if hangs_up == "the caller":
            give(line, {"event": "hang_up"})
        else:
            owner.line.hang_up()
        line.binary(b"12")
        assert owner.audio == b""
        await asyncio.sleep(LINGER_S - 0.1)
        assert not line.closing
        await asyncio.sleep(0.2)
        assert line.closing

    virtual_time.run(call())


async def test_any_rate_of_a_sound_card_becomes_the_telephones() -> None:
    async with open_house() as house, browser_peer(house) as peer:
        await peer.begins(browser_token(house), rate=32000)
        owner: Owner = await house.exchange.owner()
        for at in range(0, len(TONE), 1280):
            await peer.socket.send_bytes(TONE[at : at + 1280])
        await owner.until(lambda: len(owner.audio) >= 7900)
        heard = g711.MULAW_TO_FLOAT[np.frombuffer(bytes(owner.audio), np.uint8)]
        assert abs(np.argmax(np.abs(np.fft.rfft(heard))) * 8000 / len(heard) - 440) < 3


@pytest.mark.parametrize("rate", [0, -1, 7, 8001, 10**9])
async def test_an_impossible_rate_is_named(rate: int) -> None:
    async with open_house() as house, browser_peer(house) as peer:
        await peer.begins(browser_token(house), rate=rate)
        assert await peer.closed() == 1008
        assert house.kinds() == ["wrong_codec"]


@pytest.mark.parametrize("piece", [b"123", b"12" * 40_000])
async def test_a_piece_of_impossible_length_is_skipped(piece: bytes) -> None:
    async with open_house() as house, a_call("browser", house, b"\x01" * 160) as (peer, owner):
        await peer.socket.send_bytes(piece)  # type: ignore[attr-defined]  # a BrowserPeer
        await peer.speaks()
        await owner.until(lambda: len(owner.audio) >= 160)
        assert owner.audio == b"\x01" * 160
        assert house.kinds() == ["malformed_message"]


async def test_a_token_is_good_once() -> None:
    async with open_house() as house, browser_peer(house) as first, browser_peer(house) as second:
        token = browser_token(house)
        await first.begins(token)
        await house.exchange.owner()
        await second.begins(token)
        assert await second.closed() == 1008
        assert house.kinds() == ["used_token"]
