"""Twilio's webhooks: who is believed, what TwiML is answered, and what becomes of status callbacks."""

from urllib.parse import urlencode
from xml.etree import ElementTree

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # twilio ships no types

from offhook.telephony.carrier_status import KNOWN, TERMINAL, CarrierStatuses
from offhook.telephony.media_socket import MOST_SKIPPED
from offhook.telephony.twilio_webhooks import APOLOGY, BROKEN_OFF, stream_url
from tests.telephony.house import NUMBER, House, open_house
from tests.telephony.peers import twilio_peer, twilio_token

TOKEN = "frontdesk-test-token-0001"
PUBLIC = "https://voice.example.com"
CALL = {"CallSid": "CA" + "1" * 32, "From": "+12125550123", "To": NUMBER, "CallStatus": "ringing"}


async def post(house: House, path: str, form: dict[str, str] | bytes, signature: str | None) -> tuple[int, str, str]:
    """Status, body and content type of the answer."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": "evil.example"}
    if signature is not None:
        headers["X-Twilio-Signature"] = signature
    body = form if isinstance(form, bytes) else urlencode(form).encode()
    async with aiohttp.ClientSession() as http, http.post(house.url + path, data=body, headers=headers) as answer:
        return answer.status, await answer.text(), answer.content_type


def signed(path: str, form: dict[str, str], key: str = TOKEN, base: str = PUBLIC) -> str:
    signature: str = RequestValidator(key).compute_signature(base + path, form)
    return signature


async def ask(house: House, path: str, form: dict[str, str]) -> tuple[int, str]:
    status, text, _ = await post(house, path, form, signed(path, form))
    return status, text


AC0, CA1 = "AC" + "0" * 32, "CA" + "1" * 32
VECTORS = [
    # Computed with the official library 9.13.0: fields, signature, and what a believed request is answered.
    (
        {
            "AccountSid": AC0,
            "CallSid": CA1,
            "CallStatus": "ringing",
            "Direction": "inbound",
            "From": "+919876543210",
            "To": "+14155550100",
        },
        "t7896Q8qNb/F9aj3Lk5SI9Z2FLY=",
        200,
    ),
    ({"CallSid": CA1, "CallerName": ""}, "YNu/fgVFegVQKs7v2ay9dcTOAqs=", 400),
    ({"CallSid": CA1, "CallerName": "Ünï"}, "j4vk5nKC9b5W8piLDyFzPKTs1Hg=", 400),
]


@pytest.mark.parametrize(("form", "signature", "answered"), VECTORS)
async def test_known_signatures_are_believed_whatever_the_host_header_says(
    form: dict[str, str], signature: str, answered: int
) -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house:
        status, _, _ = await post(house, "/twilio/voice?tenant=acme", form, signature)
        assert status == answered
        changed = form | {"CallSid": "CA" + "2" * 32}
        assert (await post(house, "/twilio/voice?tenant=acme", changed, signature))[0] == 403
        assert (await post(house, "/twilio/voice", form, signature))[0] == 403


@pytest.mark.parametrize("path", ["/twilio/voice", "/twilio/status", "/twilio/after"])
@pytest.mark.parametrize("signature", [None, "", "forged", "Ünï", signed("/twilio/voice", CALL, key="another key")])
async def test_a_forged_or_missing_signature_gets_403(path: str, signature: str | None) -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house:
        status, _, _ = await post(house, path, CALL, signature)
        assert status == 403
        assert house.kinds() == ["forged_webhook"]
        assert house.exchange.statuses == []


@pytest.mark.parametrize(("auth_token", "public_url"), [(None, PUBLIC), ("", PUBLIC), (TOKEN, None), (TOKEN, "")])
async def test_a_missing_secret_refuses_and_never_skips_the_check(
    auth_token: str | None, public_url: str | None
) -> None:
    async with open_house(auth_token=auth_token, public_url=public_url) as house:
        form = CALL
        status, text, _ = await post(house, "/twilio/voice", form, signed("/twilio/voice", form, key=auth_token or ""))
        assert status == 403
        assert house.kinds() == ["missing_secret"]
        assert "Set " in text


async def test_a_call_is_connected_to_the_stream_with_its_token() -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house:
        status, text, content_type = await post(house, "/twilio/voice", CALL, signed("/twilio/voice", CALL))
        assert status == 200
        assert content_type == "text/xml"
        connect = ElementTree.fromstring(text).find("Connect")
        assert connect is not None
        assert connect.get("action") == f"{PUBLIC}/twilio/after"
        stream = connect.find("Stream")
        assert stream is not None
        assert stream.get("url") == "wss://voice.example.com/ws"
        parameter = stream.find("Parameter")
        assert parameter is not None
        assert parameter.get("name") == "token"
        async with twilio_peer(house) as peer:
            await peer.begins(CALL["CallSid"], parameter.get("value"))
            owner = await house.exchange.owner()
            assert (owner.incoming.caller, owner.incoming.called) == (CALL["From"], NUMBER)
            assert owner.incoming.parameters == {"route": "demo"}


async def test_an_unknown_number_hears_a_rejection_in_words() -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house:
        status, text = await ask(house, "/twilio/voice", CALL | {"To": "+14155550100"})
        assert status == 200
        answer = ElementTree.fromstring(text)
        assert [verb.tag for verb in answer] == ["Say", "Hangup"]
        assert answer[0].text == "The number you have called is not in service. Goodbye."
        assert [incoming.called for incoming in house.exchange.rejected] == ["+14155550100"]


async def test_a_house_that_is_being_stopped_sends_callers_to_no_stream() -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house:
        house.served.sockets.draining = True
        status, text = await ask(house, "/twilio/voice", CALL)
        assert (status, [verb.tag for verb in ElementTree.fromstring(text)]) == (200, ["Say", "Hangup"])


IN_PROGRESS = CALL | {"CallStatus": "in-progress"}


async def after(house: House, form: dict[str, str] = IN_PROGRESS) -> tuple[list[str], str | None]:
    """The verbs that Twilio is told when the stream is over, and the words of the first."""
    status, text = await ask(house, "/twilio/after", form)
    assert status == 200
    answer = ElementTree.fromstring(text)
    return [verb.tag for verb in answer], answer[0].text


@pytest.mark.parametrize("who", ["caller", "agent"])
async def test_after_a_call_that_one_side_hung_up_nothing_more_is_said(who: str) -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house, twilio_peer(house) as peer:
        await peer.begins(CALL["CallSid"], twilio_token(house, CALL["CallSid"]))
        owner = await house.exchange.owner()
        if who == "caller":
            await peer.hangs_up()
        else:
            owner.line.hang_up()
        assert await peer.closed() == 1000
        assert await after(house) == (["Hangup"], None)


REFUSED = ["wrong codec", "no token"]


@pytest.mark.parametrize("flaw", ["malformed messages", "a crash", "a wire that breaks", *REFUSED])
async def test_a_caller_whose_stream_failed_is_told_in_words(flaw: str) -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house, twilio_peer(house) as peer:
        token = None if flaw == "no token" else twilio_token(house, CALL["CallSid"])
        await peer.begins(CALL["CallSid"], token, encoding="audio/l16" if flaw == "wrong codec" else "audio/x-mulaw")
        if flaw in REFUSED:
            assert await peer.closed() == 1008
        else:
            owner = await house.exchange.owner()
            if flaw == "malformed messages":
                for _ in range(MOST_SKIPPED + 1):
                    await peer.socket.send_str("{")
            elif flaw == "a crash":
                owner.breaks = True
                await peer.presses("5")
            else:
                await peer.socket.close()
            await owner.until(lambda: owner.ended)
        assert await after(house) == (["Say", "Hangup"], BROKEN_OFF)


async def test_a_caller_whose_stream_never_came_is_told_in_words_and_missed() -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house:
        assert await after(house) == (["Say", "Hangup"], BROKEN_OFF)
        assert house.exchange.missed_calls == [(CALL["CallSid"], "no_stream")]


async def test_a_caller_who_has_hung_up_is_told_nothing() -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house:
        assert await after(house, CALL | {"CallStatus": "completed"}) == (["Hangup"], None)


async def test_a_call_that_twilio_says_is_over_ends_here_too() -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house, twilio_peer(house) as peer:
        _, text = await ask(house, "/twilio/voice", CALL)
        parameter = ElementTree.fromstring(text).find("Connect/Stream/Parameter")
        assert parameter is not None
        await peer.begins(CALL["CallSid"], parameter.get("value"))
        owner = await house.exchange.owner()
        for status, sequence in [("in-progress", "1"), ("ringing", "0"), ("completed", "2"), ("completed", "2")]:
            form = CALL | {"CallStatus": status, "SequenceNumber": sequence}
            assert (await ask(house, "/twilio/status", form))[0] == 204
        await owner.until(lambda: owner.ended)
        assert house.exchange.statuses == [(CALL["CallSid"], "in-progress"), (CALL["CallSid"], "completed")]


@pytest.mark.parametrize(
    ("body", "answered", "kind"),
    [
        (b"\xff\xfe", 400, "malformed_webhook"),
        (b"From=%ff%fe", 400, "malformed_webhook"),
        (b"&".join([b"a=1"] * 500), 400, "malformed_webhook"),
        (b"a" * 100_000, 413, "webhook_too_long"),
    ],
)
async def test_what_is_no_form_is_refused_with_a_reason(body: bytes, answered: int, kind: str) -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house:
        status, _, _ = await post(house, "/twilio/voice", body, "x")
        assert (status, house.kinds()) == (answered, [kind])


@pytest.mark.parametrize("change", [{"CallStatus": "asleep"}, {"SequenceNumber": "²"}, {"CallSid": ""}])
async def test_a_status_nobody_knows_is_refused(change: dict[str, str]) -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house:
        assert (await ask(house, "/twilio/status", CALL | {"SequenceNumber": "0"} | change))[0] == 400
        assert house.kinds() == ["incomplete_webhook"]


@pytest.mark.parametrize(
    ("public_url", "stream"),
    [
        ("https://voice.example.com", "wss://voice.example.com/ws"),
        ("https://voice.example.com/", "wss://voice.example.com/ws"),
        ("https://example.com:8443/phone", "wss://example.com:8443/phone/ws"),
        ("http://127.0.0.1:8000", "ws://127.0.0.1:8000/ws"),
    ],
)
def test_the_streams_address_follows_the_public_one(public_url: str, stream: str) -> None:
    assert stream_url(public_url) == stream


@pytest.mark.parametrize("words", [APOLOGY, BROKEN_OFF])
def test_apologies_are_speakable(words: str) -> None:
    assert words.endswith("Goodbye.")


@pytest.mark.parametrize("path", ["/twilio/voice", "/twilio/after", "/twilio/status"])
async def test_a_method_set_wrong_at_twilio_is_told_in_one_sentence(path: str) -> None:
    async with open_house(auth_token=TOKEN, public_url=PUBLIC) as house, aiohttp.ClientSession() as http:
        async with http.get(house.url + path, params=CALL) as answer:
            assert (answer.status, answer.headers["Allow"]) == (405, "POST")
            assert await answer.text() == f"Set the method of {path} to HTTP POST at Twilio.\n"
        assert house.kinds() == ["wrong_method"]


callbacks = st.lists(st.tuples(st.sampled_from(sorted(KNOWN)), st.integers(0, 6)), max_size=30)


@given(callbacks)
def test_statuses_never_go_back_and_an_end_is_final(told: list[tuple[str, int]]) -> None:
    statuses = CarrierStatuses()
    news = [(status, sequence) for status, sequence in told if statuses.news("CA1", status, sequence)]
    going_on = [sequence for status, sequence in news if status not in TERMINAL]
    assert going_on == sorted(set(going_on))
    assert all(status not in TERMINAL for status, _ in news[:-1])
    assert bool(news) == bool(told)
    assert any(status in TERMINAL for status, _ in told) == (bool(news) and news[-1][0] in TERMINAL)


@given(callbacks)
def test_a_callback_that_comes_again_is_no_news(told: list[tuple[str, int]]) -> None:
    statuses = CarrierStatuses()
    for status, sequence in told:
        statuses.news("CA1", status, sequence)
        assert not statuses.news("CA1", status, sequence)
