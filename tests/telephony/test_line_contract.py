"""What every line does alike, whatever carries it. A new carrier is one more row of `LINES`."""

import pytest

from offhook.telephony.media_socket import MOST_SKIPPED
from tests.telephony.house import open_house
from tests.telephony.peers import BrowserPeer, TwilioPeer, a_call, browser_peer, twilio_peer

LINES = ["twilio", "browser", "simulated"]
WIRED = ["twilio", "browser"]
SPEECH = bytes(byte for byte in range(256) if byte not in {0x7F, 0xFF}) + bytes([0x10, 0x90] * 113)
"""480 samples; without the two that are both zero."""
REPLY = bytes(range(256)) * 2


@pytest.mark.parametrize("kind", LINES)
async def test_what_the_caller_says_reaches_the_call_byte_for_byte(kind: str) -> None:
    async with open_house() as house, a_call(kind, house, SPEECH) as (peer, owner):
        await peer.speaks()
        await owner.until(lambda: len(owner.audio) >= len(SPEECH))
        assert owner.events[0] == "picked_up"
        assert owner.audio == SPEECH


@pytest.mark.parametrize("kind", LINES)
async def test_what_the_agent_says_is_heard(kind: str) -> None:
    async with open_house() as house, a_call(kind, house) as (peer, owner):
        for at in range(0, len(REPLY), 100):
            owner.line.send(REPLY[at : at + 100])
        assert await peer.hears(len(REPLY)) == REPLY


@pytest.mark.parametrize("kind", LINES)
async def test_what_was_sent_ahead_can_be_taken_back(kind: str) -> None:
    async with open_house() as house, a_call(kind, house) as (peer, owner):
        assert owner.line.abilities.clears
        owner.line.clear()
        await peer.is_cleared()
        owner.line.send(REPLY)
        assert await peer.hears(len(REPLY)) == REPLY


@pytest.mark.parametrize("kind", LINES)
async def test_a_key_is_told(kind: str) -> None:
    async with open_house() as house, a_call(kind, house, SPEECH) as (peer, owner):
        await peer.speaks()
        await peer.presses("5")
        await owner.until(lambda: "key 5" in owner.events)


@pytest.mark.parametrize("kind", LINES)
async def test_the_caller_hangs_up_once(kind: str) -> None:
    async with open_house() as house, a_call(kind, house) as (peer, owner):
        await peer.hangs_up()
        await owner.until(lambda: owner.ended)
        owner.line.send(REPLY)
        owner.line.clear()
        owner.line.hang_up()
    assert owner.events.count("hung_up") == 1


@pytest.mark.parametrize("kind", LINES)
async def test_the_agents_last_words_are_heard_before_it_is_gone(kind: str) -> None:
    async with open_house() as house, a_call(kind, house) as (peer, owner):
        owner.line.send(REPLY[:160])
        owner.line.hang_up()
        assert await peer.hears(160) == REPLY[:160]
        await peer.is_left()
    assert not owner.ended  # it knows: it hung up itself


@pytest.mark.parametrize("kind", LINES)
async def test_only_a_line_with_a_screen_shows_notes(kind: str) -> None:
    async with open_house() as house, a_call(kind, house) as (peer, owner):
        owner.line.show({"kind": "outcome", "outcome": "booked"})
        owner.line.send(REPLY)
        if isinstance(peer, BrowserPeer):
            shown = await peer.socket.receive_json()
            assert shown == {"event": "show", "note": {"kind": "outcome", "outcome": "booked"}}
        assert await peer.hears(len(REPLY)) == REPLY


@pytest.mark.parametrize("kind", WIRED)
async def test_a_connection_that_breaks_ends_the_call(kind: str) -> None:
    async with open_house() as house, a_call(kind, house) as (peer, owner):
        assert isinstance(peer, (TwilioPeer, BrowserPeer))
        transport = peer.socket._response.connection
        assert transport is not None
        assert transport.transport is not None
        transport.transport.abort()
        await owner.until(lambda: owner.ended)


@pytest.mark.parametrize("garbage", [b"\xff\xfe\xfa", b"{", b"[" * 5000, b"null", b"{}", b'{"event":7}'])
@pytest.mark.parametrize("kind", WIRED)
async def test_a_malformed_message_is_reported_once_and_the_call_goes_on(kind: str, garbage: bytes) -> None:
    async with open_house() as house, a_call(kind, house, SPEECH) as (peer, owner):
        assert isinstance(peer, (TwilioPeer, BrowserPeer))
        for _ in range(MOST_SKIPPED):
            await peer.socket._writer.send_frame(garbage, 1)  # aiohttp itself would not send it as text
        await peer.speaks()
        await owner.until(lambda: len(owner.audio) >= len(SPEECH))
        assert house.kinds() == ["malformed_message"]
        assert house.faults[0].call_sid in {"CA1", "browser-1"}
        assert house.faults[0].call_id == owner.call_id
        assert house.faults[0].done == "the message was skipped"


@pytest.mark.parametrize("kind", WIRED)
async def test_a_flood_of_malformed_messages_ends_the_call_properly(kind: str) -> None:
    async with open_house() as house, a_call(kind, house) as (peer, owner):
        assert isinstance(peer, (TwilioPeer, BrowserPeer))
        for _ in range(MOST_SKIPPED + 1):
            await peer.socket.send_str("{")
        assert await peer.closed() == 1008
        await owner.until(lambda: owner.ended)
        assert house.kinds() == ["malformed_message", "malformed_flood"]
        assert house.faults[1].done == "the call was ended"


@pytest.mark.parametrize("garbage", [b"\xff\xfe\xfa", b"{", b'{"event":"media"}'])
@pytest.mark.parametrize("kind", WIRED)
async def test_a_stranger_who_never_starts_a_call_is_sent_away(kind: str, garbage: bytes) -> None:
    async with open_house() as house, (twilio_peer if kind == "twilio" else browser_peer)(house) as peer:
        await peer.socket._writer.send_frame(garbage, 1)
        if kind == "browser":
            await peer.socket.send_bytes(b"12")
        assert await peer.closed() == 1008
        assert len(house.faults) == 1
        assert house.faults[0].done == "the connection was refused"
        assert house.exchange.owners == []
