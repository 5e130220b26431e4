"""Media Streams beyond what every line does: tokens, codecs, lost audio, and whatever else may come down the wire."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.calls.line import Incoming
from offhook.telephony.faults import Fault
from offhook.telephony.media_socket import MediaSockets
from offhook.telephony.tokens import Tokens
from offhook.telephony.twilio_media import LAST_WORDS_LIMIT_S, TwilioLine
from tests import virtual_time
from tests.telephony.house import KEY, NUMBER, RecordingExchange, open_house
from tests.telephony.peers import media_message, start_message, twilio_peer, twilio_token

SILENCE = b"\xff"


def a_line(exchange: RecordingExchange, faults: list[Fault], tokens: Tokens | None = None) -> TwilioLine:
    """A line without a socket: messages are given to it as picows would."""
    return TwilioLine(MediaSockets(report=faults.append), exchange, tokens)


def give(line: TwilioLine, message: object) -> None:
    line.text(json.dumps(message).encode())


def connected() -> tuple[TwilioLine, RecordingExchange, list[Fault]]:
    exchange, faults = RecordingExchange(), list[Fault]()
    line = a_line(exchange, faults)
    give(line, {"event": "connected", "protocol": "Call", "version": "1.0.0"})
    give(line, start_message("CA1", None))
    return line, exchange, faults


async def test_the_call_knows_who_calls_whom_and_where_it_leads() -> None:
    async with open_house() as house, twilio_peer(house) as peer:
        await peer.begins("CA1", twilio_token(house, "CA1"))
        owner = await house.exchange.owner()
        assert owner.incoming == Incoming("twilio", "+12125550123", NUMBER, "CA1", {"route": "demo"})


async def test_without_tokens_the_benchmark_is_served() -> None:
    async with open_house(tokenless_media=True) as house, twilio_peer(house, b"\x01" * 160) as peer:
        await peer.begins("CA1", None)
        owner = await house.exchange.owner()
        assert owner.incoming.call_sid == "CA1"
        await peer.speaks()
        await owner.until(lambda: len(owner.audio) == 160)


async def test_a_token_is_good_once() -> None:
    async with open_house() as house:
        token = twilio_token(house, "CA1")
        async with twilio_peer(house) as first, twilio_peer(house) as second:
            await first.begins("CA1", token)
            await house.exchange.owner()
            await second.begins("CA1", token)
            assert await second.closed() == 1008
        assert house.kinds() == ["used_token"]
        assert len(house.exchange.owners) == 1


async def test_a_repeated_webhook_makes_no_second_call() -> None:
    async with open_house() as house, twilio_peer(house) as first, twilio_peer(house) as second:
        await first.begins("CA1", twilio_token(house, "CA1"))
        await house.exchange.owner()
        await second.begins("CA1", twilio_token(house, "CA1"))
        assert await second.closed() == 1008
        assert len(house.exchange.owners) == 1


@pytest.mark.parametrize("flaw", ["none", "forged", "of another call", "of another line", "of another key"])
async def test_a_stream_without_a_good_token_is_refused(flaw: str) -> None:
    async with open_house() as house, twilio_peer(house) as peer:
        here = Incoming("twilio", "", NUMBER, "CA1", {})
        token = {
            "none": None,
            "forged": twilio_token(house, "CA1")[:-3] + "abc",
            "of another call": twilio_token(house, "CA2"),
            "of another line": house.tokens.sign(Incoming("browser", "", "", "CA1", {}), "demo", once_per_call=False),
            "of another key": Tokens(KEY[::-1]).sign(here, "demo", once_per_call=True),
        }[flaw]
        await peer.begins("CA1", token)
        assert await peer.closed() == 1008
        assert house.kinds() == ["refused_token"]
        assert house.exchange.owners == []
        assert house.exchange.spent == set()


async def test_the_token_is_checked_before_the_codec() -> None:
    async with open_house() as house, twilio_peer(house) as peer:
        await peer.begins("CA1", None, encoding="audio/opus")
        assert await peer.closed() == 1008
        assert house.kinds() == ["refused_token"]


@pytest.mark.parametrize("change", [{"encoding": "audio/l16"}, {"sampleRate": 16000}, {"channels": 2}])
async def test_a_wrong_codec_is_named(change: dict[str, object]) -> None:
    async with open_house() as house, twilio_peer(house) as peer:
        await peer.begins("CA1", twilio_token(house, "CA1"), **change)
        assert await peer.closed() == 1008
        assert house.kinds() == ["wrong_codec"]
        assert "mu-law" in house.faults[0].problem
        assert house.exchange.missed_calls == [("CA1", "wrong_codec")]


def test_what_is_said_while_the_token_is_being_used_up_is_not_lost() -> None:
    exchange, faults, tokens = RecordingExchange(answers_later=True), list[Fault](), Tokens(KEY)
    line = a_line(exchange, faults, tokens)
    token = tokens.sign(Incoming("twilio", "", NUMBER, "CA1", {}), "demo", once_per_call=True)
    give(line, start_message("CA1", token))
    said = [bytes([number % 100 + 1]) * 160 for number in range(1500)]  # a burst of half a minute
    for number, samples in enumerate(said):
        give(line, media_message(samples, chunk=number + 1, timestamp=20 * number))
    assert exchange.owners == []
    exchange.answer_now()
    assert exchange.owners[0].audio == b"".join(said)


@given(st.integers(1, 200), st.sampled_from([160, 80, 240, 8]))
def test_lost_audio_is_filled_so_that_positions_stay_points_in_time(lost: int, piece: int) -> None:
    line, exchange, _ = connected()
    ms = piece // 8
    give(line, media_message(b"\x01" * piece, chunk=1, timestamp=ms))
    give(line, media_message(b"\x02" * piece, chunk=2 + lost, timestamp=ms * (2 + lost)))
    filled = SILENCE * min(piece * lost, 8000)
    assert exchange.owners[0].audio == b"\x01" * piece + filled + b"\x02" * piece


def test_a_pause_of_the_carrier_is_filled_though_no_message_is_missing() -> None:
    line, exchange, _ = connected()
    give(line, media_message(b"\x01" * 160, chunk=1, timestamp=0))
    give(line, media_message(b"\x02" * 160, chunk=2, timestamp=520))
    assert exchange.owners[0].audio == b"\x01" * 160 + SILENCE * 4000 + b"\x02" * 160


def test_audio_that_came_garbled_is_silence_of_its_length() -> None:
    line, exchange, faults = connected()
    give(line, media_message(b"\x01" * 160, chunk=1, timestamp=0))
    garbled = media_message(b"", chunk=2, timestamp=20)
    garbled["media"]["payload"] = "this is no base64!"
    give(line, garbled)
    give(line, media_message(b"\x02" * 160, chunk=3, timestamp=40))
    assert exchange.owners[0].audio == b"\x01" * 160 + SILENCE * 160 + b"\x02" * 160
    assert [fault.kind for fault in faults] == ["malformed_message"]
    assert not line.closing


@given(st.lists(st.integers(-5, 5), max_size=40))
def test_jittery_timestamps_add_nothing(jitter: list[int]) -> None:
    line, exchange, _ = connected()
    for number, off in enumerate(jitter):
        give(line, media_message(b"\x01" * 160, chunk=number + 1, timestamp=100 + 20 * number + off))
    assert len(exchange.owners[0].audio) == 160 * len(jitter)


def test_the_agents_own_track_is_not_heard() -> None:
    line, exchange, _ = connected()
    message = media_message(b"\x01" * 160, chunk=1, timestamp=0)
    message["media"]["track"] = "outbound"
    give(line, message)
    assert exchange.owners[0].audio == b""


def test_an_event_of_tomorrow_is_no_error() -> None:
    line, _, faults = connected()
    give(line, {"event": "heartbeat", "streamSid": "MZ1", "heartbeat": {"at": 1}})
    assert faults == []
    assert not line.closing


def test_last_words_that_are_never_confirmed_do_not_hold_the_line() -> None:
    async def call() -> None:
        line, _, _ = connected()
        line.send(b"\x01" * 160)
        line.hang_up()
        assert not line.closing
        await asyncio.sleep(LAST_WORDS_LIMIT_S + 0.1)
        assert line.closing

    virtual_time.run(call())


def test_an_agent_who_hangs_up_with_nothing_to_hear_is_gone_at_once() -> None:
    line, _, _ = connected()
    line.send(b"\x01" * 160)
    line.clear()
    line.hang_up()
    assert line.closing


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["event", "streamSid", "media", "start", "dtmf", "mark", "stop", "payload", "chunk", "timestamp", "track",
          "digit", "name", "callSid", "mediaFormat", "customParameters"]  # fmt: skip
EVENTS = ["media", "start", "dtmf", "mark", "stop", "connected"]
nearly = st.fixed_dictionaries(
    {"event": st.sampled_from(EVENTS) | anything},
    optional={name: anything | st.dictionaries(st.sampled_from(FIELDS), anything, max_size=4) for name in FIELDS[1:6]},
)
good = st.sampled_from(
    [
        json.dumps(message).encode()
        for message in [
            start_message("CA1", None),
            media_message(b"\x01" * 160, chunk=1, timestamp=20),
            media_message(b"", chunk=10**30, timestamp=-5),
            {"event": "stop", "streamSid": "MZ1", "stop": {}},
            {"event": "dtmf", "dtmf": {"digit": "7"}},
            {"event": "mark", "mark": {"name": "last-words"}},
        ]
    ]
)


@given(st.lists(good | nearly.map(lambda message: json.dumps(message).encode()) | st.binary(max_size=60), max_size=12))
def test_whatever_comes_no_message_raises_and_every_call_ends_once(messages: list[bytes]) -> None:
    exchange, faults = RecordingExchange(), list[Fault]()
    line = a_line(exchange, faults)
    for message in messages:
        if not line.closing:
            line.text(message)
    closed_by_itself = line.closing
    if not closed_by_itself:
        line.lost()
    assert len(exchange.owners) <= 1
    assert all(owner.events.count("hung_up") == 1 for owner in exchange.owners)
    assert [fault.kind for fault in faults].count("malformed_message") <= 1
    ending = [fault for fault in faults if fault.done != "the message was skipped"]
    assert len(ending) <= 1
    assert not ending or closed_by_itself


def test_old_tokens_are_refused() -> None:
    tokens = Tokens(KEY, life_s=-1)
    assert (
        tokens.read(tokens.sign(Incoming("twilio", "", "", "CA1", {}), "demo", once_per_call=True), line="twilio")
        is None
    )


@given(st.text(max_size=300), st.text(max_size=60), st.text(alphabet="CA0123456789abcdef", min_size=34, max_size=34))
def test_a_token_fits_its_parameter_and_says_what_it_was_given(caller: str, called: str, call_sid: str) -> None:
    tokens = Tokens(KEY)
    token = tokens.sign(Incoming("twilio", caller, called, call_sid, {}), "r" * 100, once_per_call=True)
    assert len("token" + token) <= 500
    ticket = tokens.read(token, line="twilio")
    assert ticket is not None
    assert (ticket.call_sid, ticket.route) == (call_sid, "r" * 100)
    assert set(ticket.caller) <= set(caller)


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_a_number_comes_through_a_token_unchanged(number: str) -> None:
    tokens = Tokens(KEY)
    ticket = tokens.read(
        tokens.sign(Incoming("twilio", number, NUMBER, "CA1", {}), "demo", once_per_call=True), line="twilio"
    )
    assert ticket is not None
    assert ticket.incoming() == Incoming("twilio", number, NUMBER, "CA1", {"route": "demo"})
