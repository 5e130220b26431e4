"""What is Deepgram's own: its messages, its keep-alives, and a second connection in mid-word."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.conversation.events import Transcript
from offhook.conversation.form import Question, QuestionKind
from offhook.providers.deepgram import Deepgram, DeepgramSettings
from offhook.providers.errors import ProviderRejected, ProviderUnavailable, ProviderUnintelligible
from offhook.providers.stt import Hearing
from tests.providers import patient_time
from tests.providers.sinks import Ear
from tests.providers.socket_server import Peer, SocketServer

FRAME = b"\x12" * 160
Scene = Callable[[SocketServer, Hearing, Ear], Awaitable[None]]


def play(scene: Scene, **settings: Any) -> None:
    async def main() -> None:
        async with SocketServer().listening() as server:
            chosen = DeepgramSettings(api_key="secret", url=f"ws://{server.host}", **settings)
            async with Deepgram(chosen) as recognizer:
                ear = Ear()
                hearing = await recognizer.open(ear)
                await scene(server, hearing, ear)
                hearing.close()

    patient_time.run(main())


async def told(ear: Ear, count: int) -> None:
    await ear.until(lambda: len(ear.transcripts) == count)


async def kept_alive(server: SocketServer, peer: Peer) -> None:
    await server.until(lambda: bool(peer.sent("KeepAlive")))


async def sounded(server: SocketServer, peer: Peer, length: int) -> None:
    await server.until(lambda: len(peer.sound) == length)


async def results(peer: Peer, text: str, *, start: float = 0.0, duration: float = 0.0, **more: Any) -> None:
    alternative = {"transcript": text, "confidence": more.pop("confidence", 0.9), "words": []}
    channel = {"alternatives": [alternative]}
    await peer.send(type="Results", channel_index=[0, 1], start=start, duration=duration, channel=channel, **more)


def test_it_is_asked_for_what_a_phone_line_gives() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        assert peer.headers["Authorization"] == "Token secret"
        assert peer.query.getall("keyterm") == ["Dr. Ó Brien", "crown & bridge"]
        assert {name: peer.query[name] for name in ("encoding", "sample_rate", "model", "interim_results")} == {
            "encoding": "mulaw",
            "sample_rate": "8000",
            "model": "nova-3",
            "interim_results": "true",
        }
        assert peer.query["endpointing"] == "300"

    play(scene, keyterms=("Dr. Ó Brien", "crown & bridge"), endpointing_ms=300)


def test_finals_and_partials_become_ours() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        await results(peer, "")
        await results(peer, "I")
        await results(peer, "I would")
        await results(peer, "I would")
        await results(peer, "I would like", is_final=True)
        await results(peer, "a crown", is_final=True, speech_final=True, confidence=0.0)
        await ear.until(lambda: len(ear.transcripts) == 2)
        assert ear.partials == ["I", "I would"]
        assert ear.transcripts == [Transcript("I would like", 0.9), Transcript("a crown", None, endpoint=True)]

    play(scene)


def test_a_pause_heard_after_the_words_were_fixed_is_told_and_one_after_nothing_is_not() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        await results(peer, "", is_final=True, speech_final=True, confidence=0.0)
        await results(peer, "Tuesday", is_final=True)
        await results(peer, "", is_final=True, speech_final=True, confidence=0.0)
        await results(peer, "", is_final=True, confidence=0.0)
        await results(peer, "bye", is_final=True)
        await ear.until(lambda: ear.text.endswith("bye"))
        assert [(final.text, final.endpoint) for final in ear.transcripts] == [
            ("Tuesday", False),
            ("", True),
            ("bye", False),
        ]

    play(scene)


def test_finalize_is_answered_once_though_the_vendor_says_nothing() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        hearing.finalize()
        await ear.until(lambda: bool(ear.transcripts))
        assert len(peer.sent("Finalize")) == 1
        await results(peer, "", is_final=True, from_finalize=True)  # late, and answered already
        await results(peer, "end", is_final=True)
        await ear.until(lambda: ear.text == "end")
        assert [final.text for final in ear.transcripts] == ["", "end"]

    play(scene)


def test_keep_alives_go_out_only_while_no_sound_does() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        await server.until(lambda: len(peer.sent("KeepAlive")) == 3)
        hearing.hear(FRAME)
        hearing.hear(b"")
        since = asyncio.get_running_loop().time()
        await server.until(lambda: len(peer.sent("KeepAlive")) == 4)
        assert asyncio.get_running_loop().time() - since > 5.0
        assert peer.sound == FRAME
        assert peer.frames == 1

    play(scene)


def test_close_says_goodbye() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        hearing.hear(FRAME)
        await server.until(lambda: bool(peer.sound))
        hearing.close()
        await server.until(lambda: peer.closed)
        assert peer.sound == FRAME
        assert len(peer.sent("CloseStream")) == 1

    play(scene)


def test_a_call_that_ends_during_the_handshake_leaves_no_connection() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        hearing.close()
        await server.until(lambda: peer.closed)
        assert not peer.sound

    play(scene)


def test_choices_become_key_terms_once() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        question = Question("service", QuestionKind.CHOICE, choices=("cleaning", "crown"))
        await server.until(lambda: bool(peer.sent("KeepAlive")))
        hearing.expect(question)
        hearing.expect(question)
        hearing.expect(None)
        hearing.finalize()
        await server.until(lambda: bool(peer.sent("Finalize")))
        assert [configure["keyterms"] for configure in peer.sent("Configure")] == [
            ["Smiles", "cleaning", "crown"],
            ["Smiles"],
        ]

    play(scene, keyterms=("Smiles",))


def test_a_lost_connection_is_made_again_with_the_sound_since_the_last_final() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        first = await server.peer(1)
        hearing.speech_started()
        for number in range(100):  # 2 s
            hearing.hear(bytes([number]) * 160)
        await server.until(lambda: len(first.sound) == 16_000)
        await results(first, "I", start=0.2, duration=0.3, is_final=True)
        await results(first, "need", start=0.5, duration=0.5, is_final=True)  # the first second is fixed
        await ear.until(lambda: ear.text == "I need")
        await results(first, "a")
        await ear.until(lambda: ear.partials == ["a"])
        hearing.expect(Question("service", QuestionKind.CHOICE, choices=("crown",)))
        await first.socket.close(code=1011)
        second = await server.peer(2)
        await server.until(lambda: len(second.sound) == 8000)
        assert second.sound == first.sound[8000:]
        assert second.query.getall("keyterm") == ["crown"]
        await results(second, "a crown", start=0.0, duration=1.0, is_final=True, speech_final=True)
        await ear.until(lambda: ear.text == "I need a crown")
        assert not ear.failures

    play(scene)


@pytest.mark.parametrize(("speaking", "ended", "kept_s"), [(False, False, 2), (True, False, 20), (True, True, 2)])
def test_sound_is_kept_for_twenty_seconds_of_speech_and_two_of_silence(
    speaking: bool, ended: bool, kept_s: int
) -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        first = await server.peer(1)
        hearing.hear(FRAME)
        await sounded(server, first, 160)
        if speaking:
            hearing.speech_started()
        if ended:
            await results(first, "Bye.", is_final=True, speech_final=True)
            await told(ear, 1)
        for number in range(30 * 50):
            hearing.hear(bytes([number % 256]) * 160)
        await sounded(server, first, 160 + 30 * 8000)
        await first.socket.close(code=1011)
        second = await server.peer(2)
        await sounded(server, second, kept_s * 8000)
        assert second.sound == first.sound[-kept_s * 8000 :]

    play(scene)


def test_two_failures_in_a_row_are_the_end_and_told_once() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        for number in (1, 2):
            peer = await server.peer(number)
            await peer.socket.close(code=1011)
        await ear.until(lambda: bool(ear.failures))
        assert type(ear.failures[0]) is ProviderUnavailable
        assert len(server.peers) == 2
        hearing.hear(FRAME)
        hearing.finalize()

    play(scene)


def test_a_call_survives_any_number_of_losses_far_apart() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        for number in range(1, 5):
            peer = await server.peer(number)
            await kept_alive(server, peer)
            await peer.socket.close(code=1012)
        await server.peer(5)
        assert not ear.failures

    play(scene)


def test_sound_that_the_vendor_cannot_decode_is_no_matter_of_trying_again() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        await peer.socket.close(code=1008)
        await ear.until(lambda: bool(ear.failures))
        assert type(ear.failures[0]) is ProviderRejected
        assert "1008" in str(ear.failures[0])
        assert "secret" not in str(ear.failures[0])

    play(scene)


def test_final_words_that_never_come_are_asked_for_again_elsewhere() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        first = await server.peer(1)
        hearing.speech_started()
        hearing.hear(FRAME * 50)
        await results(first, "Tues")
        await ear.until(lambda: bool(ear.partials))
        hearing.finalize()
        second = await server.peer(2)
        await server.until(lambda: bool(second.sent("Finalize")))
        assert second.sound == FRAME * 50
        await results(second, "Tuesday", is_final=True, from_finalize=True)
        await ear.until(lambda: bool(ear.transcripts))
        assert ear.text == "Tuesday"
        assert not ear.failures

    play(scene)


def test_other_messages_are_no_news_and_nonsense_is_a_failure() -> None:
    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        peer = await server.peer(1)
        await peer.send(type="SpeechStarted", channel=[0, 1], timestamp=0.1)
        await peer.send(type="UtteranceEnd", channel=[0, 1], last_word_end=1.1)
        await peer.send(type="Metadata", request_id="r", duration=3.2, channels=1)
        await peer.send(type="SomethingNew", channel=7)
        await results(peer, "yes", is_final=True)
        await ear.until(lambda: ear.text == "yes")
        await peer.socket.send_str("<html>")
        again = await server.peer(2)
        await again.send(type="Results", channel="what")
        await ear.until(lambda: bool(ear.failures))
        assert type(ear.failures[0]) is ProviderUnintelligible

    play(scene)


@given(losses=st.lists(st.integers(0, 40), max_size=3), finals=st.lists(st.integers(1, 40), max_size=3))
def test_every_sample_is_final_or_sent_to_the_connection_that_stands(losses: list[int], finals: list[int]) -> None:
    """Wherever connections break, the words after the last final can be heard again, and no words before it."""

    async def scene(server: SocketServer, hearing: Hearing, ear: Ear) -> None:
        hearing.speech_started()
        spoken, fixed = bytearray(), 0
        for turn, loss in enumerate(losses, 1):
            peer = await server.peer(turn)
            began = fixed
            for number in range(loss):
                frame = bytes([(turn * 41 + number) % 256]) * 160
                spoken += frame
                hearing.hear(frame)
            await sounded(server, peer, len(spoken) - began)
            assert peer.sound == spoken[began:]
            if turn <= len(finals):
                fixed = min(began + finals[turn - 1] * 160, len(spoken))
            count = len(ear.transcripts)
            await results(peer, "word", duration=(fixed - began) / 8000, is_final=True)
            await told(ear, count + 1)
            await peer.socket.close(code=1011)
        last = await server.peer(len(losses) + 1)
        await server.until(lambda: len(last.sound) == len(spoken) - fixed)
        assert last.sound == spoken[fixed:]

    play(scene)
