"""What Twilio asks over HTTP: how to answer a call, and how a call goes on.

Source: Twilio's documentation, "TwiML for Programmable Voice", "Webhooks security" and "Status callbacks". Requests are
forms, signed in `X-Twilio-Signature` with the account's auth token over the address as it was configured at Twilio,
which is why that address comes from `OFFHOOK_PUBLIC_URL` and never from the request's Host header.
"""

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import structlog
from fastapi import APIRouter, Request, Response
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # twilio ships no types
from twilio.twiml.voice_response import Connect, VoiceResponse  # type: ignore[import-untyped]  # likewise

from offhook.calls.line import Accepted, Exchange, Incoming, Rejected
from offhook.telephony.carrier_status import KNOWN, TERMINAL, CarrierStatuses
from offhook.telephony.faults import Fault, Report
from offhook.telephony.media_socket import MediaSockets
from offhook.telephony.tokens import Tokens

ADMISSION_LIMIT_S = 8.0
"""Twilio waits 15 s for an answer."""
MAX_FORM_BYTES = 64 * 1024
_MOST_FIELDS = 200
APOLOGY: Final = "We're sorry, we can't take your call right now. Please try again in a few minutes. Goodbye."
BROKEN_OFF: Final = "We're sorry, our line has failed and we have to end this call. Please call again. Goodbye."

Form = ImmutableMultiDict[str, str]


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """What is needed to believe Twilio; a part that is missing refuses every request, it skips no check."""

    auth_token: str | None
    """TWILIO_AUTH_TOKEN."""
    public_url: str | None
    """OFFHOOK_PUBLIC_URL: scheme and host, and a path if a proxy adds one, as configured at Twilio."""


def stream_url(public_url: str, path: str = "/ws") -> str:
    """The media socket's address for a public address: http becomes ws, https becomes wss."""
    parts = urlsplit(public_url)
    scheme = "ws" if parts.scheme == "http" else "wss"
    return f"{scheme}://{parts.netloc}{parts.path.rstrip('/')}{path}"


class TwilioWebhooks:
    """Answers Twilio's requests; `router` is mounted by `server.py`.

    Args:
        sockets: Told the CallSid of a call that Twilio says is over; when they drain, no call is taken.
    """

    def __init__(
        self, exchange: Exchange, account: TwilioAccount, tokens: Tokens, sockets: MediaSockets, report: Report
    ) -> None:
        self._exchange = exchange
        self._account = account
        self._tokens = tokens
        self._sockets = sockets
        self._report = report
        self._statuses = CarrierStatuses()
        self.router = APIRouter(prefix="/twilio", include_in_schema=False)
        self.router.add_api_route("/voice", self.voice, methods=["POST"])
        self.router.add_api_route("/after", self.after, methods=["POST"])
        self.router.add_api_route("/status", self.status, methods=["POST"])
        for path in ("/voice", "/after", "/status"):
            self.router.add_api_route(path, self.wrong_method, methods=["GET", "HEAD", "PUT", "PATCH", "DELETE"])

    async def voice(self, request: Request) -> Response:
        """A call comes in: connect it to the media socket, or say why not."""
        form = await self._believed(request)
        if isinstance(form, Response):
            return form
        call_sid = form.get("CallSid", "")
        if not call_sid or "To" not in form:
            return self._refuse(400, "incomplete_webhook", "A voice webhook lacks CallSid or To", _CONFIGURATION)
        if self._sockets.draining:
            return _twiml(_say_and_hang_up(APOLOGY))
        incoming = Incoming("twilio", form.get("From", ""), form["To"], call_sid, {})
        try:
            async with asyncio.timeout(ADMISSION_LIMIT_S):
                admission = await self._exchange.admit(incoming)
        except TimeoutError:
            problem = f"A call was not admitted within {ADMISSION_LIMIT_S:.0f} s"
            self._report(Fault("slow_admission", "twilio", problem, _DATABASE, "an apology was spoken", call_sid))
            admission = Rejected("busy", APOLOGY)
        match admission:
            case Accepted(route=route):
                token = self._tokens.sign(incoming, route, once_per_call=True)
                return _twiml(self._connect(token))
            case Rejected(reason=reason, words=words):
                log = structlog.get_logger("offhook.telephony")
                log.info("call_rejected", room="telephony", provider="twilio", call_sid=call_sid, reason=reason)
                return _twiml(_say_and_hang_up(words))

    async def after(self, request: Request) -> Response:
        """The stream has ended or never came, and Twilio asks what comes next: an apology, if the call broke off."""
        form = await self._believed(request)
        if isinstance(form, Response):
            return form
        call_sid = form.get("CallSid", "")
        self._exchange.missed(call_sid, "no_stream")
        if form.get("CallStatus") in TERMINAL or self._sockets.has_finished(call_sid):
            answer = VoiceResponse()
            answer.hangup()
            return _twiml(answer)
        return _twiml(_say_and_hang_up(BROKEN_OFF))

    async def status(self, request: Request) -> Response:
        """How a call goes on, as Twilio sees it; callbacks come twice, late and out of order."""
        form = await self._believed(request)
        if isinstance(form, Response):
            return form
        call_sid, status = form.get("CallSid", ""), form.get("CallStatus", "")
        sequence = form.get("SequenceNumber", "0")
        if not call_sid or status not in KNOWN or not (sequence.isascii() and sequence.isdigit()):
            return self._refuse(400, "incomplete_webhook", "A status webhook has no known CallStatus", _CONFIGURATION)
        if self._statuses.news(call_sid, status, int(sequence[:12])):
            self._exchange.carrier_status(call_sid, status)
            if status in TERMINAL:
                self._sockets.carrier_ended(call_sid)
                self._exchange.missed(call_sid, "no_stream")
        return Response(status_code=204)

    async def wrong_method(self, request: Request) -> Response:
        """The webhook's method is set wrong at Twilio, or somebody looks at the address with a browser."""
        remedy = f"Set the method of {request.url.path} to HTTP POST at Twilio"
        problem = "A webhook was asked by another method than POST"
        self._report(Fault("wrong_method", "twilio", problem, remedy, "the request was answered 405"))
        return Response(f"{remedy}.\n", 405, {"Allow": "POST"}, media_type="text/plain")

    async def _believed(self, request: Request) -> Form | Response:
        """The form, if Twilio signed it; else the answer to whoever sent it."""
        account = self._account
        if not account.auth_token or not account.public_url:
            missing = "TWILIO_AUTH_TOKEN" if not account.auth_token else "OFFHOOK_PUBLIC_URL"
            problem = f"A Twilio webhook came, but {missing} is not set, so nobody can be believed"
            return self._refuse(403, "missing_secret", problem, f"Set {missing}")
        body = await _body(request)
        if body is None:
            return self._refuse(413, "webhook_too_long", "A webhook is longer than 64 KB", _CONFIGURATION)
        form = _form(body)
        if form is None:
            return self._refuse(400, "malformed_webhook", "A webhook's body is not a form in UTF-8", _CONFIGURATION)
        query = f"?{request.url.query}" if request.url.query else ""
        url = f"{account.public_url.rstrip('/')}{request.url.path}{query}"
        signature = request.headers.get("X-Twilio-Signature", "")
        if not RequestValidator(account.auth_token).validate(url, form, signature):
            problem = "A webhook's signature is missing or wrong for its address under OFFHOOK_PUBLIC_URL"
            return self._refuse(403, "forged_webhook", problem, _SIGNATURE)
        return form

    def _refuse(self, http_status: int, kind: str, problem: str, remedy: str) -> Response:
        self._report(Fault(kind, "twilio", problem, remedy, f"the request was answered {http_status}"))
        return Response(f"{problem}. {remedy}\n", http_status, media_type="text/plain")

    def _connect(self, token: str) -> VoiceResponse:
        public_url = (self._account.public_url or "").rstrip("/")
        answer = VoiceResponse()
        connect = Connect(action=f"{public_url}/twilio/after", method="POST")
        connect.stream(url=stream_url(public_url)).parameter(name="token", value=token)
        answer.append(connect)
        return answer


def _say_and_hang_up(words: str) -> VoiceResponse:
    answer = VoiceResponse()
    answer.say(words, language="en-US")
    answer.hangup()
    return answer


def _twiml(answer: VoiceResponse) -> Response:
    return Response(str(answer), media_type="text/xml")


async def _body(request: Request) -> bytes | None:
    """The whole body; None if it is too long."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_FORM_BYTES:
            return None
    return bytes(body)


def _form(body: bytes) -> Form | None:
    """The form's fields, repeated and blank ones included: they are signed too. None if it is none."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except (UnicodeError, ValueError):
        return None
    return ImmutableMultiDict(pairs)


_CONFIGURATION = "Check the webhook's address and method (POST) at Twilio."
_DATABASE = "Check the database's load and its disk."
_SIGNATURE = (
    "Check TWILIO_AUTH_TOKEN and that OFFHOOK_PUBLIC_URL is the address configured at Twilio; else it is forged."
)
