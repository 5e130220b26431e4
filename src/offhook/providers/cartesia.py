"""Cartesia, speech over WebSocket: a few shared connections, and on them one context per reply.

Source: its documentation, "TTS WebSocket" (version 2026-08-14). The texts of a context are joined as they are, so
spaces matter. `max_buffer_delay_ms` 0: we cut into clauses ourselves, the vendor need not wait for more. Sound of a
cancelled context may still come and is dropped by its id.
"""

import asyncio
import itertools
import uuid
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import msgspec

from offhook.providers.errors import ProviderError, ProviderUnavailable, ProviderUnintelligible
from offhook.providers.sockets import Door, Socket, tls_for
from offhook.providers.statuses import hung_up, refused
from offhook.providers.tts import SpeechSink, VoiceIdentity
from offhook.providers.word_times import WordTimes

_VERSION = "2026-08-14"
_BYTES_PER_S = 8000


class _WordTimestamps(msgspec.Struct):
    words: list[str]
    start: list[float]
    end: list[float]


class _Message(msgspec.Struct):
    """Any message of the vendor's; `data` is decoded from base64 on the way."""

    type: str
    context_id: str = ""
    data: bytes = b""
    word_timestamps: _WordTimestamps | None = None
    status_code: int = 0


_message = msgspec.json.Decoder(_Message)
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class CartesiaSettings:
    """What an operator may choose."""

    api_key: str = field(repr=False)
    voice: str
    """The voice's id in the vendor's library."""
    url: str = "wss://api.cartesia.ai/tts/websocket"
    model: str = "sonic-3"
    language: str = "en"
    speed: float | None = None
    """0.6 to 1.5; None: as the voice is."""
    contexts_per_connection: int = 50
    connect_s: float = 3.0
    first_sound_s: float = 2.0
    """From the first words given to the first sound, the connection included."""
    next_sound_s: float = 3.0


class Cartesia:
    """A `Voice`. Enter it before use; leaving it ends what is being spoken."""

    def __init__(self, settings: CartesiaSettings) -> None:
        self.settings = settings
        manner = "" if settings.speed is None else f" speed={settings.speed}"
        self.identity = VoiceIdentity("cartesia", settings.voice, f"{settings.model} {settings.language}{manner}")
        self.door = Door(
            provider="cartesia",
            headers={"Authorization": f"Bearer {settings.api_key}", "X-API-Key": settings.api_key},
            key_setting="CARTESIA_API_KEY",
            url_setting="CARTESIA_WS_URL",
            connect_s=settings.connect_s,
            pings=True,
            tls=tls_for(settings.url),
        )
        self.address = f"{settings.url}?cartesia_version={_VERSION}"
        self.tail = b"," + _encode(_format(settings))[1:]
        self._tasks = asyncio.TaskGroup()
        self._connections: list[_Connection] = []
        self._ids = (f"{uuid.uuid4().hex[:12]}-{number}" for number in itertools.count(1))

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in tuple(self._connections):
            connection.abort()
        await self._tasks.__aexit__(kind, error, trace)

    async def warm(self) -> None:
        """Connect, so that the first call need not wait for it.

        Raises:
            ProviderError: And nothing else.
        """
        await self.connection().ready()

    def open(self, sink: SpeechSink) -> "_Speech":
        """See `Voice.open`."""
        self.connection()
        return _Speech(next(self._ids), sink, self)

    def connection(self) -> "_Connection":
        """One with room for another context; made if there is none."""
        for connection in self._connections:
            if len(connection.speeches) < self.settings.contexts_per_connection:
                return connection
        connection = _Connection(self)
        self._connections.append(connection)
        connection.task = self._tasks.create_task(connection.attend())
        return connection

    def forget(self, connection: "_Connection") -> None:
        """The connection is no use any more; who speaks next gets another one."""
        if connection in self._connections:
            self._connections.remove(connection)


def _format(settings: CartesiaSettings) -> dict[str, object]:
    """The part of a message that is the same for all texts of a voice."""
    same: dict[str, object] = {
        "model_id": settings.model,
        "voice": {"mode": "id", "id": settings.voice},
        "language": settings.language,
        "output_format": {"container": "raw", "encoding": "pcm_mulaw", "sample_rate": _BYTES_PER_S},
        "max_buffer_delay_ms": 0,
        "add_timestamps": True,
    }
    if settings.speed is not None:
        same["generation_config"] = {"speed": settings.speed}
    return same


class _Connection:
    """A socket and the speeches on it."""

    def __init__(self, vendor: Cartesia) -> None:
        self.speeches: dict[str, _Speech] = {}
        self.task: asyncio.Task[None] | None = None
        self.heard_at = 0.0
        self._vendor = vendor
        self._socket = Socket(self._heard, self._lost)
        self._up = self._retired = False
        self._waiting: list[bytes] = []
        self._ready = asyncio.Event()
        self._failure: ProviderError | None = None

    async def attend(self) -> None:
        """Connect, send what was asked for meanwhile, and wait for the end."""
        try:
            await self._socket.connect(self._vendor.address, self._vendor.door)
        except ProviderError as error:
            self._fail(error)
            return
        self._up = True
        for message in self._waiting:
            self._socket.send_text(message)
        self._waiting.clear()
        self._ready.set()
        await self._socket.gone()

    async def ready(self) -> None:
        """Wait until the connection stands; it fails for itself after `connect_s`."""
        await self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def send(self, message: bytes) -> None:
        """Send, now or when the connection stands."""
        if self._up:
            self._socket.send_text(message)
        elif self._failure is None:
            self._waiting.append(message)

    def abort(self) -> None:
        """Let go at once. What is being spoken is not told."""
        self.retire()
        for speech in tuple(self.speeches.values()):
            speech.leave()
        self._end()

    def retire(self) -> None:
        """Take no new speeches, and end with the last one."""
        self._vendor.forget(self)
        self._retired = True

    def left(self, context_id: str) -> None:
        """A speech is over."""
        self.speeches.pop(context_id, None)
        if self._retired and not self.speeches:
            self._end()

    def _end(self) -> None:
        self._socket.abort()
        if not self._up and self.task is not None:
            self.task.cancel()

    def _lost(self, code: int) -> None:
        self._fail(hung_up("cartesia", code))

    def _fail(self, error: ProviderError) -> None:
        self._failure = error
        self._vendor.forget(self)
        self._ready.set()
        for speech in tuple(self.speeches.values()):
            speech.failed(error)

    def _heard(self, raw: bytes) -> None:
        try:
            message = _message.decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            remedy = "Does CARTESIA_WS_URL point at Cartesia?"
            self._socket.abort()
            self._fail(ProviderUnintelligible("cartesia", "it sent something unreadable", remedy))
            return
        self.heard_at = asyncio.get_running_loop().time()
        speech = self.speeches.get(message.context_id)
        if speech is None:  # cancelled, or of nobody
            return
        match message.type:
            case "chunk":
                speech.sounded(message.data, self.heard_at)
            case "timestamps" if message.word_timestamps is not None:
                speech.timed(message.word_timestamps)
            case "done":
                speech.done()
            case "error":
                speech.failed(refused("cartesia", max(message.status_code, 400), key="CARTESIA_API_KEY"))
            case _:  # flush_done, and what the vendor may think of yet
                pass


class _Speech:
    """A `Speech`: one context, on whichever connection there is when its first words come."""

    __slots__ = (
        "_base_s",
        "_blank",
        "_bytes",
        "_connection",
        "_due",
        "_ended",
        "_head",
        "_id",
        "_open",
        "_over",
        "_owed_since",
        "_sink",
        "_timer",
        "_unsounded",
        "_vendor",
        "_words",
    )

    def __init__(self, context_id: str, sink: SpeechSink, vendor: Cartesia) -> None:
        self._id = context_id
        self._head = f'{{"context_id":"{context_id}","transcript":'.encode()
        self._sink = sink
        self._vendor = vendor
        self._connection: _Connection | None = None
        self._words = WordTimes()
        self._blank = ""
        """White space to be said with the next words: the vendor takes no text without any."""
        self._bytes = 0
        self._base_s = 0.0
        """Where the context began, in seconds of this reply; one that paused for long has expired meanwhile."""
        self._open = self._ended = self._over = False
        self._unsounded = False
        """Whether no sound has come since words were given; a `done` is then of what came before them."""
        self._due: float | None = None
        """When sound must have come, if any is owed."""
        self._owed_since = 0.0
        self._timer: asyncio.TimerHandle | None = None

    # ---- what the call asks for

    def say(self, text: str) -> None:
        """See `Speech.say`."""
        if self._ended or self._over:
            return
        if not text.strip():
            self._blank += text
            return
        text, self._blank = self._blank + text, ""
        self._words.say(text)
        first = self._connection is None
        if self._connection is None:
            self._connection = self._vendor.connection()
            self._connection.speeches[self._id] = self
        self._open = True
        self._unsounded = any(map(str.isalnum, text))
        self._connection.send(self._head + _encode(text) + b',"continue":true' + self._vendor.tail)
        if self._due is None:
            self._owe(self._vendor.settings.first_sound_s if first else self._vendor.settings.next_sound_s)

    def end(self) -> None:
        """See `Speech.end`."""
        if self._ended or self._over:
            return
        self._ended = True
        if self._open and self._connection is not None:
            self._connection.send(self._head + b'"","continue":false' + self._vendor.tail)
            if self._due is None:
                self._owe(self._vendor.settings.next_sound_s)
        else:
            asyncio.get_running_loop().call_soon(self.done)

    def cancel(self) -> None:
        """See `Speech.cancel`."""
        if not self._over:
            self._call_off()
            self.leave()

    # ---- what the vendor says

    def sounded(self, samples: bytes, now: float) -> None:
        """Sound came."""
        self._bytes += len(samples)
        self._unsounded = False
        owed = self._ended or not self._words.all_timed
        self._owed_since = now
        self._due = now + self._vendor.settings.next_sound_s if owed else None
        self._sink.audio(samples)

    def timed(self, times: _WordTimestamps) -> None:
        """The vendor said when words end."""
        ends = self._words.timed(times.words, times.start, times.end, base_s=self._base_s)
        if ends:
            self._sink.words_end_at(ends)

    def done(self) -> None:
        """All that was given has been spoken."""
        if self._over:
            return
        heard_s = self._bytes / _BYTES_PER_S
        ends = () if self._unsounded else self._words.rest(heard_s)
        if ends:
            self._sink.words_end_at(ends)
        if self._unsounded or not self._ended:  # the context expired in a pause of ours; more words open it anew
            self._base_s = heard_s
            self._open = self._unsounded
            self._due = self._due if self._unsounded else None
        elif not self._over:  # nobody has cancelled it from within the callback
            self.leave()
            self._sink.finished()

    def failed(self, error: ProviderError) -> None:
        """No more will come."""
        if not self._over:
            self.leave()
            self._sink.voice_failed(error)

    def leave(self) -> None:
        """Be over: what still comes for this context is of nobody."""
        self._over = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._connection is not None:
            self._connection.left(self._id)

    # ---- the vendor's deadline

    def _call_off(self) -> None:
        if self._open and self._connection is not None:
            self._connection.send(b'{"context_id":"%b","cancel":true}' % self._id.encode())

    def _owe(self, within_s: float) -> None:
        loop = asyncio.get_running_loop()
        self._owed_since = loop.time()
        self._due = self._owed_since + within_s
        if self._timer is None:
            self._timer = loop.call_at(self._due, self._look)

    def _look(self) -> None:
        """Sound only moves the deadline; the timer looks where it is when it goes off."""
        self._timer = None
        if self._due is None:
            return
        loop = asyncio.get_running_loop()
        if loop.time() < self._due:
            self._timer = loop.call_at(self._due, self._look)
            return
        if self._connection is not None and self._connection.heard_at <= self._owed_since:
            self._connection.retire()  # silent for all: perhaps it is dead and nobody has told us
        self._call_off()
        self.failed(ProviderUnavailable("cartesia", "no sound came in time", "See the vendor's status page."))
