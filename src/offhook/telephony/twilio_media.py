"""Twilio Media Streams: a call's audio over a WebSocket.

Source: Twilio's documentation, "Media Streams - WebSocket messages". From Twilio come `connected`, `start`, `media`,
`dtmf`, `mark` and `stop`, JSON in text frames, with numbers written as strings; to Twilio go `media`, `mark` and
`clear`. Payloads are base64 of mu-law, 8 kHz, in any size. `chunk` counts the track's messages, `timestamp` is in ms
since the stream's start; where they jump, audio was lost on the way, and silence takes its place, so that positions in
the call's audio stay points in time.

A `mark` is echoed when all that was sent before it has been played, and also at once after a `clear`. The call keeps
its own pace and clock, so a mark is needed only for its last words: `hang_up` waits for the echo.
"""

import asyncio
import binascii
from collections.abc import Mapping
from enum import Enum, auto
from typing import ClassVar

import msgspec
from picows import WSCloseCode

from offhook.calls.line import Exchange, Incoming, LineAbilities, LineOwner
from offhook.telephony.media_socket import MediaSocket, MediaSockets
from offhook.telephony.tokens import Ticket, Tokens

LAST_WORDS_LIMIT_S = 4.0
"""How long what was sent ahead may take to be played after `hang_up`."""
LONGEST_GAP_MS = 1000
_JITTER_MS = 60
"""A timestamp this far ahead of the audio so far is a gap, even if no chunk is missing."""
_MOST_WAITING = 3000
"""Messages kept while a token is being used up: a minute of audio, for it may come in one burst.

How long that may take is another matter: `START_LIMIT_S`.
"""
KEYS = frozenset("0123456789*#")
_SILENCE = b"\xff"


class _Media(msgspec.Struct):
    payload: bytes = b""
    track: str = "inbound"
    chunk: int = 0
    timestamp: int = 0


class _Format(msgspec.Struct, rename="camel"):
    encoding: str = ""
    sample_rate: int = 0
    channels: int = 0


class _Start(msgspec.Struct, rename="camel"):
    call_sid: str = ""
    media_format: _Format = msgspec.field(default_factory=_Format)
    custom_parameters: dict[str, str] = msgspec.field(default_factory=dict)


class _Key(msgspec.Struct):
    digit: str = ""


class _Mark(msgspec.Struct):
    name: str = ""


class _Message(msgspec.Struct, rename="camel"):
    event: str
    media: _Media | None = None
    stream_sid: str = ""
    start: _Start | None = None
    dtmf: _Key | None = None
    mark: _Mark | None = None


_decode = msgspec.json.Decoder(_Message, strict=False).decode  # not strict: numbers are written as strings


class _State(Enum):
    AWAITING_START = auto()
    SPENDING = auto()
    """The token's one use is being written down."""
    CONNECTED = auto()
    LAST_WORDS = auto()
    """The call has hung up; what was sent is being played."""
    OVER = auto()


class TwilioLine(MediaSocket):
    """A `Line`: one Media Streams socket.

    Args:
        tokens: None takes calls without a token; only the benchmark does.
    """

    name: ClassVar[str] = "twilio"
    abilities = LineAbilities("twilio", clears=True)

    def __init__(self, sockets: MediaSockets, exchange: Exchange, tokens: Tokens | None) -> None:
        super().__init__(sockets)
        self._exchange = exchange
        self._tokens = tokens
        self._state = _State.AWAITING_START
        self._owner: LineOwner | None = None
        self._waiting: list[bytes] = []
        self._head = self._tail = b""
        self._chunk = 0
        self._heard_to_ms = 0
        self._sent = False

    # What the call asks.

    def send(self, samples: bytes) -> None:
        """See `Line`."""
        if self._state is _State.CONNECTED:
            self._sent = True
            self.send_text(self._head + binascii.b2a_base64(samples, newline=False) + self._tail)

    def clear(self) -> None:
        """See `Line`."""
        if self._state is _State.CONNECTED:
            self._sent = False
            self.send_text(b'{"event":"clear",' + self._stream + b"}")

    def show(self, note: Mapping[str, object]) -> None:
        """See `Line`: a telephone has no screen."""

    def hang_up(self) -> None:
        """See `Line`."""
        if self._state is not _State.CONNECTED:
            return
        self._owner = None
        if not self._sent:
            self._over()
            return
        self._state = _State.LAST_WORDS
        self.send_text(b'{"event":"mark",' + self._stream + b',"mark":{"name":"last-words"}}')
        asyncio.get_running_loop().call_later(LAST_WORDS_LIMIT_S, self._over)

    # What the carrier says.

    def text(self, message: memoryview | bytes) -> None:
        """See `MediaSocket`."""
        try:
            said = _decode(message)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
            self.skip("malformed_message", "A message on the media socket is not what Media Streams documents", _SENDER)
            return
        if self._state is _State.SPENDING:
            self._keep(message)
        else:
            self._received(said)

    def lost(self) -> None:
        """See `MediaSocket`."""
        self._state = _State.OVER
        self._waiting.clear()
        owner, self._owner = self._owner, None
        if owner is not None:
            owner.hung_up()

    def _received(self, said: _Message) -> None:
        media = said.media
        if said.event == "media":
            if media is None or self._owner is None:
                self._unexpected(said)
            elif not media.track.startswith("outbound"):
                self._media(media, self._owner)
        elif said.event == "start":
            self._start(said)
        elif said.event == "stop":
            self._over()
        elif said.dtmf is not None and self._owner is not None and said.dtmf.digit in KEYS:
            self._owner.key_pressed(said.dtmf.digit)
        elif said.mark is not None and self._state is _State.LAST_WORDS and said.mark.name == "last-words":
            self._over()

    def _unexpected(self, said: _Message) -> None:
        if said.media is None:
            self.skip("malformed_message", "A media message has no media", _SENDER)
        elif self._state is _State.AWAITING_START:
            self.fail("media_before_start", "Media came before the stream's start message", _SENDER)

    def _media(self, media: _Media, owner: LineOwner) -> None:
        samples = media.payload
        if media.chunk != self._chunk + 1 or media.timestamp - self._heard_to_ms > _JITTER_MS:
            samples = self._missing(media) + samples
        self._chunk = media.chunk
        self._heard_to_ms = media.timestamp + len(media.payload) // 8
        if samples:
            owner.audio_in(samples)

    def _missing(self, media: _Media) -> bytes:
        """Silence for what was lost before this message."""
        first = self._heard_to_ms == 0
        lost_ms = media.timestamp - self._heard_to_ms
        if first or media.chunk <= self._chunk or lost_ms <= 0:
            return b""
        return _SILENCE * (8 * min(lost_ms, LONGEST_GAP_MS))

    # The start.

    def _start(self, said: _Message) -> None:
        start = said.start
        if self._state is not _State.AWAITING_START:
            return
        if start is None or not said.stream_sid:
            self.skip("malformed_message", "The start message names no stream", _SENDER)
            return
        self.call_sid = start.call_sid
        ticket = None
        if self._tokens is not None:  # before anything else
            ticket = self._tokens.read(start.custom_parameters.get("token", ""), line=self.name)
            if ticket is None or ticket.call_sid != start.call_sid:
                self.fail("refused_token", "A stream came with no token, or a forged or old one", _KNOCKING)
                return
        given = start.media_format
        if (given.encoding, given.sample_rate, given.channels) != ("audio/x-mulaw", 8000, 1):
            self.fail("wrong_codec", "The stream is not mu-law, 8000 Hz, one channel", _CODEC)
            if ticket is not None:
                self._exchange.missed(ticket.call_sid, "wrong_codec")
            return
        self._stream = b'"streamSid":' + msgspec.json.encode(said.stream_sid)
        self._head = b'{"event":"media",' + self._stream + b',"media":{"payload":"'
        self._tail = b'"}}'
        self.believed = True
        if ticket is None:
            self._connect(Incoming(self.name, "", "", start.call_sid, start.custom_parameters))
        else:
            self._spend(ticket)

    def _spend(self, ticket: Ticket) -> None:
        self._state = _State.SPENDING
        incoming = ticket.incoming()

        def answer(first_time: bool) -> None:
            if self._state is not _State.SPENDING:
                return
            if not first_time:
                self.fail(
                    "used_token",
                    "A stream came with a token that was used before or leads nowhere",
                    _KNOCKING,
                )
                return
            self._connect(incoming)
            waiting, self._waiting = self._waiting, []
            for message in waiting:
                if not self.closing:
                    self._received(_decode(message))

        self._exchange.spend(ticket.name, incoming, answer)

    def _keep(self, message: memoryview | bytes) -> None:
        self._waiting.append(bytes(message))
        if len(self._waiting) > _MOST_WAITING:
            self.fail("token_not_answered", "The database did not answer whether a token is new", _DATABASE)

    def _connect(self, incoming: Incoming) -> None:
        self._state = _State.CONNECTED
        self.started = True
        owner = self._owner = self._exchange.connect(incoming, self)
        self.call_id = owner.call_id
        owner.picked_up()

    def _over(self) -> None:
        if self.started:
            self._sockets.finished(self.call_sid)
        self.end(WSCloseCode.OK)


_SENDER = "Check that only Twilio's Media Streams reach this address."
_KNOCKING = "Check that the clocks and keys of all offhook processes agree; else somebody is knocking at the door."
_CODEC = "Remove audioFormat and sampleRate from the number's <Stream>, or let offhook answer the voice webhook."
_DATABASE = "Check the database's load and its disk."
