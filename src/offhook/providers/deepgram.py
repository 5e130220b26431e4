"""Deepgram, live transcription (API v1, model nova-3): one socket per call, sound in as it comes, words out.

Source: its documentation and AsyncAPI description, "Listen, streaming" (July 2026). `is_final` fixes a stretch of
audio, `speech_final` says that the speaker paused; `Finalize` asks for what is left. A socket without sound for 10 s
is closed by the vendor, hence `KeepAlive`; an empty binary frame would end the stream, so none is sent.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import msgspec

from offhook.conversation.events import Partial, Transcript
from offhook.conversation.form import Question
from offhook.providers.errors import ProviderError, ProviderRejected, ProviderUnavailable, ProviderUnintelligible
from offhook.providers.sockets import Door, Socket, tls_for
from offhook.providers.statuses import hung_up
from offhook.providers.stt import HearingAbilities, HearingSink

_RATE = 8000
_KEPT_SPEAKING = 20 * _RATE
"""Sound of the current utterance that is kept for a second connection."""
_KEPT_IDLE = 2 * _RATE
"""Enough that the first word is in it when speech is noticed late."""
_CHUNK = _RATE // 4
"""Bytes per message when kept sound is sent; the vendor advises at most 250 ms."""
_KEEP_ALIVE_S = 3.0
_MOST_KEYTERMS = 50
_KEEP_ALIVE = b'{"type":"KeepAlive"}'
_FINALIZE = b'{"type":"Finalize"}'
_CLOSE_STREAM = b'{"type":"CloseStream"}'


class _Alternative(msgspec.Struct, gc=False):
    transcript: str = ""
    confidence: float = 0.0


class _Channel(msgspec.Struct):
    alternatives: list[_Alternative] = []


class _Results(msgspec.Struct, tag_field="type", tag="Results"):
    channel: _Channel
    start: float = 0.0
    duration: float = 0.0
    is_final: bool = False
    speech_final: bool = False
    from_finalize: bool = False


class _Kind(msgspec.Struct, gc=False):
    type: str = ""


_results = msgspec.json.Decoder(_Results)
_kind = msgspec.json.Decoder(_Kind)


@dataclass(frozen=True, slots=True)
class DeepgramSettings:
    """What an operator may choose."""

    api_key: str = field(repr=False)
    url: str = "wss://api.deepgram.com"
    model: str = "nova-3"
    language: str = "en"
    endpointing_ms: int = 200
    """Silence after which the vendor itself calls the utterance finished."""
    keyterms: Sequence[str] = ()
    """Names it would not guess: the business, its people, its services."""
    connect_s: float = 3.0
    final_s: float = 2.0
    """How long it may take over the final words; then it is stuck."""


class Deepgram:
    """A `Recognizer`. Enter it before use; leaving it ends all its hearings."""

    def __init__(self, settings: DeepgramSettings) -> None:
        self.abilities = HearingAbilities(name=f"deepgram/{settings.model}", gives_confidence=True)
        self.settings = settings
        self.door = Door(
            provider="deepgram",
            headers={"Authorization": f"Token {settings.api_key}"},
            key_setting="DEEPGRAM_API_KEY",
            url_setting="DEEPGRAM_URL",
            connect_s=settings.connect_s,
            tls=tls_for(settings.url),
        )
        self._tasks = asyncio.TaskGroup()
        self._hearings: set[_Hearing] = set()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for hearing in tuple(self._hearings):
            hearing.abort()
        await self._tasks.__aexit__(kind, error, trace)

    async def open(self, sink: HearingSink) -> "_Hearing":
        """See `Recognizer.open`; the connection is made meanwhile."""
        hearing = _Hearing(self, sink)
        self._hearings.add(hearing)
        hearing.task = self._tasks.create_task(hearing.attend())
        hearing.task.add_done_callback(lambda _: self._hearings.discard(hearing))
        return hearing

    def address(self, keyterms: Sequence[str]) -> str:
        """The socket's address, with everything that holds for the connection."""
        own = self.settings
        query = [
            ("model", own.model),
            ("language", own.language),
            ("encoding", "mulaw"),
            ("sample_rate", str(_RATE)),
            ("channels", "1"),
            ("interim_results", "true"),
            ("endpointing", str(own.endpointing_ms)),
            ("punctuate", "true"),
            ("smart_format", "false"),
            *(("keyterm", term) for term in keyterms),
        ]
        return f"{own.url.rstrip('/')}/v1/listen?{urlencode(query)}"


class _Hearing:
    """A `Hearing`: sound is kept until its words are final, so a second connection starts where the first one died."""

    def __init__(self, vendor: Deepgram, sink: HearingSink) -> None:
        self.task: asyncio.Task[None] | None = None
        self._vendor = vendor
        self._sink = sink
        self._socket: Socket | None = None
        self._kept = bytearray()
        self._kept_from = 0
        """Where `_kept` begins on the vendor's clock, in samples of the present connection."""
        self._speaking = False
        self._sounded = False
        """Whether sound went out since the last look; if not, a keep-alive is due."""
        self._partial = ""
        self._unended = False
        """Whether words were fixed for which the vendor has not yet heard the pause."""
        self._finalizing: asyncio.TimerHandle | None = None
        self._failures = 0
        self._keyterms = tuple(vendor.settings.keyterms)
        self._over = False
        self.settled = 0
        """See `Hearing.settled`: what is no longer in `_kept`."""

    # ---- what the call asks for

    def hear(self, audio: bytes) -> None:
        """See `Hearing.hear`."""
        if not audio or self._over:
            return
        self._kept += audio
        if len(self._kept) > _KEPT_IDLE:
            self._forget_old_sound()
        if self._socket is not None:
            self._socket.send_binary(audio)
            self._sounded = True

    def speech_started(self) -> None:
        """See `Hearing.speech_started`."""
        self._speaking = True

    def finalize(self) -> None:
        """See `Hearing.finalize`."""
        if self._over:
            return
        if self._finalizing is not None:
            self._finalizing.cancel()
        loop = asyncio.get_running_loop()
        self._finalizing = loop.call_later(self._vendor.settings.final_s, self._finalize_unanswered)
        if self._socket is not None:
            self._socket.send_text(_FINALIZE)

    def expect(self, question: Question | None) -> None:
        """See `Hearing.expect`."""
        choices = question.choices if question is not None else ()
        keyterms = tuple(dict.fromkeys((*self._vendor.settings.keyterms, *choices)))[:_MOST_KEYTERMS]
        if keyterms != self._keyterms and not self._over:
            self._keyterms = keyterms
            if self._socket is not None:
                self._socket.send_text(msgspec.json.encode({"type": "Configure", "keyterms": keyterms}))

    def close(self) -> None:
        """See `Hearing.close`."""
        self._end()
        if self._socket is not None:
            self._socket.send_text(_CLOSE_STREAM)  # it hangs up then; `attend` does if it does not
        elif self.task is not None:
            self.task.cancel()

    def abort(self) -> None:
        """The process is ending: let go at once."""
        self._end()
        if self._socket is not None:
            self._socket.abort()
        elif self.task is not None:
            self.task.cancel()

    # ---- the connection

    async def attend(self) -> None:
        """Keep a connection for as long as the call lasts; of two failures in a row the second one is final."""
        while not self._over:
            self._partial = ""
            socket = Socket(self._message, self._lost)
            try:
                await socket.connect(self._vendor.address(self._keyterms), self._vendor.door)
            except ProviderError as error:
                self._failed(error)
                continue
            if self._over:  # closed in the very moment of connecting
                socket.abort()
            else:
                self._connected(socket)
                await self._keep_alive(socket)
                socket.abort()
            await socket.gone()

    def _connected(self, socket: Socket) -> None:
        self._socket = socket
        self._kept_from = 0
        with memoryview(self._kept) as kept:
            for start in range(0, len(kept), _CHUNK):
                socket.send_binary(kept[start : start + _CHUNK])
        self._sounded = bool(self._kept)
        if self._finalizing is not None:
            self.finalize()

    async def _keep_alive(self, socket: Socket) -> None:
        while not self._over:
            try:
                async with asyncio.timeout(_KEEP_ALIVE_S):
                    await socket.gone()
                return
            except TimeoutError:
                self._failures = 0  # it has stood for a while: the next failure is a first one
                if not self._sounded and not self._over:
                    socket.send_text(_KEEP_ALIVE)
                self._sounded = False

    def _lost(self, code: int) -> None:
        self._socket = None
        self._failed(hung_up("deepgram", code))

    def _failed(self, error: ProviderError) -> None:
        """Count a failure; when it is one too many, say so, once."""
        self._failures += 1
        if self._over or (self._failures < 2 and not isinstance(error, ProviderRejected)):
            return
        self._end()
        self._sink.recognizer_failed(error)

    def _end(self) -> None:
        self._over = True
        self._kept.clear()
        if self._finalizing is not None:
            self._finalizing.cancel()
            self._finalizing = None

    # ---- what the vendor says

    def _message(self, message: bytes) -> None:
        if self._over:
            return
        try:
            results = _results.decode(message)
            heard = results.channel.alternatives[0]
        except (msgspec.MsgspecError, IndexError, UnicodeDecodeError):
            self._not_results(message)
            return
        if results.is_final:
            self._final(results, heard)
        elif heard.transcript != self._partial:
            self._partial = heard.transcript
            self._speaking = True
            self._sink.heard(Partial(heard.transcript))

    def _final(self, results: _Results, heard: _Alternative) -> None:
        self._failures = 0
        self._partial = ""
        self._forget_until(round((results.start + results.duration) * _RATE))
        asked = results.from_finalize and self._finalizing is not None
        if asked and self._finalizing is not None:
            self._finalizing.cancel()
            self._finalizing = None
        if heard.transcript:
            self._unended = True
        endpoint = results.speech_final
        if heard.transcript or asked or (endpoint and self._unended):
            confidence = heard.confidence if heard.transcript and heard.confidence > 0.0 else None
            self._sink.heard(Transcript(heard.transcript, confidence, endpoint))
        if endpoint or asked:
            self._unended = self._speaking = False

    def _not_results(self, message: bytes) -> None:
        """Some other message, which is no news; or nonsense, after which there is no trusting the rest."""
        try:
            if _kind.decode(message).type not in {"", "Results"}:
                return
        except (msgspec.MsgspecError, UnicodeDecodeError):
            pass
        remedy = "Does DEEPGRAM_URL point at Deepgram?"
        self._give_up_on(ProviderUnintelligible("deepgram", "it sent something unreadable", remedy))

    def _finalize_unanswered(self) -> None:
        """The vendor owes nothing when it has heard nothing; with words pending it is stuck."""
        self._finalizing = None
        if not self._partial:
            self._sink.heard(Transcript(""))
            return
        self.finalize()  # asked again on the next connection, of the same sound
        self._give_up_on(ProviderUnavailable("deepgram", "no final words came", "See the vendor's status page."))

    def _give_up_on(self, error: ProviderError) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.abort()
        self._failed(error)

    # ---- kept sound

    def _forget_old_sound(self) -> None:
        needed = self._speaking or self._socket is None
        surplus = len(self._kept) - (_KEPT_SPEAKING if needed else _KEPT_IDLE)
        if surplus > 0:
            self._forget(surplus)

    def _forget_until(self, sample: int) -> None:
        known = min(sample - self._kept_from, len(self._kept))
        if known > 0:
            self._forget(known)

    def _forget(self, samples: int) -> None:
        del self._kept[:samples]
        self._kept_from += samples
        self.settled += samples
