"""What is Cartesia's own: few connections, many contexts, and what may go wrong between them."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from offhook.providers.cartesia import Cartesia, CartesiaSettings
from offhook.providers.errors import ProviderRejected, ProviderUnavailable, ProviderUnintelligible
from tests.providers import patient_time
from tests.providers.sinks import Mouth
from tests.providers.socket_server import Peer, SocketServer

Scene = Callable[[SocketServer, Cartesia], Awaitable[None]]


def play(scene: Scene, **settings: Any) -> None:
    async def main() -> None:
        async with SocketServer().listening() as server:
            chosen = CartesiaSettings(api_key="secret", voice="v", url=f"ws://{server.host}/tts/websocket", **settings)
            async with Cartesia(chosen) as voice:
                await scene(server, voice)

    patient_time.run(main())


async def asked(server: SocketServer, peer: Peer, count: int) -> list[dict[str, Any]]:
    await server.until(lambda: len(peer.texts) >= count)
    return peer.texts


async def chunk(peer: Peer, context: str, samples: bytes) -> None:
    data = base64.b64encode(samples).decode()
    await peer.send(type="chunk", context_id=context, data=data, done=False, status_code=206, step_time=9.5)


async def timestamps(peer: Peer, context: str, *words: tuple[str, float, float]) -> None:
    names, starts, ends = zip(*words, strict=True)
    await peer.send(
        type="timestamps", context_id=context, word_timestamps={"words": names, "start": starts, "end": ends}
    )


async def done(peer: Peer, context: str) -> None:
    await peer.send(type="done", context_id=context, done=True, status_code=206)


def test_a_reply_is_one_context_whose_texts_keep_their_spaces() -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        mouth = Mouth()
        speech = voice.open(mouth)
        for text in ('Say "hi", ', " ", "Zoë.\n"):
            speech.say(text)
        speech.end()
        peer = await server.peer(1)
        first, second, last = await asked(server, peer, 3)
        assert peer.query["cartesia_version"]
        assert peer.headers["X-API-Key"] == "secret"
        assert [message["transcript"] for message in peer.texts] == ['Say "hi", ', " Zoë.\n", ""]
        assert [message["continue"] for message in peer.texts] == [True, True, False]
        assert first["context_id"] == second["context_id"] == last["context_id"]
        assert first["output_format"] == {"container": "raw", "encoding": "pcm_mulaw", "sample_rate": 8000}
        assert (first["model_id"], first["voice"], first["language"]) == ("sonic-3", {"mode": "id", "id": "v"}, "en")
        assert (first["max_buffer_delay_ms"], first["add_timestamps"]) == (0, True)
        assert first["generation_config"] == {"speed": 1.2}
        context = first["context_id"]
        await chunk(peer, context, b"\x01" * 800)
        await timestamps(peer, context, ("Say", 0.0, 0.3), ("hi", 0.3, 0.6))
        await peer.send(type="flush_done", context_id=context, flush_done=True, flush_id=1, done=False)
        await chunk(peer, context, b"\x02" * 800)
        await done(peer, context)
        await mouth.until(lambda: mouth.over)
        assert mouth.is_finished
        assert mouth.samples == b"\x01" * 800 + b"\x02" * 800
        assert mouth.ends == [0.3, 0.6, 0.6]

    play(scene, speed=1.2)


def test_many_replies_share_a_connection_up_to_its_limit() -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        await voice.warm()
        speeches = [voice.open(Mouth()) for _ in range(5)]
        for speech in speeches:
            speech.say("Hello.")
        for number, count in ((1, 2), (2, 2), (3, 1)):
            peer = await server.peer(number)
            await asked(server, peer, count)
        assert [len({message["context_id"] for message in peer.texts}) for peer in server.peers] == [2, 2, 1]
        speeches[0].cancel()
        voice.open(Mouth()).say("Again.")
        await asked(server, server.peers[0], 4)
        assert server.peers[0].texts[2] == {"context_id": server.peers[0].texts[0]["context_id"], "cancel": True}
        assert len(server.peers) == 3

    play(scene, contexts_per_connection=2)


def test_sound_that_comes_after_a_cancel_is_of_nobody() -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        cancelled, other = Mouth(), Mouth()
        speech = voice.open(cancelled)
        speech.say("Hello.")
        peer = await server.peer(1)
        context = (await asked(server, peer, 1))[0]["context_id"]
        await chunk(peer, context, b"\x01" * 800)
        await cancelled.until(lambda: bool(cancelled.samples))
        speech.cancel()
        cancelled.is_cancelled = True
        await chunk(peer, context, b"\x01" * 800)
        await done(peer, context)
        voice.open(other).say("Bye.")
        await asked(server, peer, 3)
        await chunk(peer, peer.texts[2]["context_id"], b"\x02" * 8)
        await other.until(lambda: bool(other.samples))

    play(scene)


@pytest.mark.parametrize(("chunks", "waited_s"), [(0, 2.0), (1, 3.0), (3, 3.0)])
def test_a_vendor_that_falls_silent_is_a_failure(chunks: int, waited_s: float) -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        mouth = Mouth()
        speech = voice.open(mouth)
        speech.say("Hello.")
        speech.end()
        peer = await server.peer(1)
        context = (await asked(server, peer, 2))[0]["context_id"]
        for _ in range(chunks):
            await chunk(peer, context, b"\x01" * 80)
        await mouth.until(lambda: len(mouth.samples) == 80 * chunks)
        loop = asyncio.get_running_loop()
        since = loop.time()
        await mouth.until(lambda: mouth.over)
        assert loop.time() - since == pytest.approx(waited_s, abs=0.5)
        assert type(mouth.failures[0]) is ProviderUnavailable
        await server.until(lambda: peer.closed)  # it was silent for all, so it is not used again
        voice.open(Mouth())
        await server.peer(2)

    play(scene)


def test_a_pause_in_which_nothing_is_owed_is_no_failure() -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        mouth, other = Mouth(), Mouth()
        speech = voice.open(mouth)
        speech.say("Hello. ")
        peer = await server.peer(1)
        context = (await asked(server, peer, 1))[0]["context_id"]
        await timestamps(peer, context, ("Hello", 0.0, 0.4))
        await chunk(peer, context, b"\x01" * 4000)
        await mouth.until(lambda: bool(mouth.samples))
        voice.open(other).say("Hi.")
        await other.until(lambda: other.over)  # its deadline passes, and the first one's would have
        assert not mouth.over
        speech.say("Bye.")
        await done(peer, context)  # what came before had expired meanwhile
        speech.end()
        await chunk(peer, context, b"\x02" * 4000)
        await timestamps(peer, context, ("Bye", 0.1, 0.4))
        await done(peer, context)
        await mouth.until(lambda: mouth.over)
        assert mouth.is_finished
        assert len(mouth.samples) == 8000

    play(scene, first_sound_s=5.0)


def test_words_after_an_expired_context_are_timed_from_where_it_ended() -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        mouth = Mouth()
        speech = voice.open(mouth)
        speech.say("Hello. ")
        peer = await server.peer(1)
        context = (await asked(server, peer, 1))[0]["context_id"]
        await chunk(peer, context, b"\x01" * 8000)
        await done(peer, context)
        await mouth.until(lambda: mouth.ends == [1.0])
        speech.say("Bye.")
        await timestamps(peer, context, ("Bye", 0.1, 0.4))
        await chunk(peer, context, b"\x01" * 4000)
        await mouth.until(lambda: len(mouth.samples) == 12_000)
        speech.end()
        await done(peer, context)
        await mouth.until(lambda: mouth.over)
        assert mouth.ends == [1.0, 1.4]

    play(scene)


def test_a_dead_connection_fails_what_is_being_spoken_and_nothing_else() -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        speaking, idle = Mouth(), Mouth()
        later = voice.open(idle)
        voice.open(speaking).say("Hello.")
        peer = await server.peer(1)
        await asked(server, peer, 1)
        await peer.socket.close(code=1011)
        await speaking.until(lambda: speaking.over)
        assert type(speaking.failures[0]) is ProviderUnavailable
        assert not idle.over
        later.say("Bye.")
        again = await server.peer(2)
        assert (await asked(server, again, 1))[0]["transcript"] == "Bye."

    play(scene)


def test_a_refused_context_leaves_the_others_alone() -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        refused, spoken = Mouth(), Mouth()
        voice.open(refused).say("Hello.")
        other = voice.open(spoken)
        other.say("Bye.")
        peer = await server.peer(1)
        first, second = [message["context_id"] for message in await asked(server, peer, 2)]
        await peer.send(type="error", context_id=first, status_code=402, title="no", message="Hello.", done=True)
        await chunk(peer, second, b"\x01" * 80)
        await done(peer, second)
        other.end()
        await spoken.until(lambda: spoken.over)
        assert spoken.is_finished
        assert type(refused.failures[0]) is ProviderRejected
        assert "Hello" not in str(refused.failures[0])

    play(scene)


@pytest.mark.parametrize("nonsense", ["<html>", "{}", '{"type":"chunk","context_id":"x","data":"%%"}', "\x00"])
def test_nonsense_is_a_failure_of_all_that_hear_it(nonsense: str) -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        mouths = [Mouth(), Mouth()]
        for mouth in mouths:
            voice.open(mouth).say("Hello.")
        peer = await server.peer(1)
        await asked(server, peer, 2)
        await peer.socket.send_str(nonsense)
        for mouth in mouths:
            await over(mouth)
            assert type(mouth.failures[0]) is ProviderUnintelligible
        await server.until(lambda: peer.closed)

    play(scene)


async def over(mouth: Mouth) -> None:
    await mouth.until(lambda: mouth.over)


def test_warming_up_says_what_is_wrong() -> None:
    async def scene(server: SocketServer, voice: Cartesia) -> None:
        server.status = 401
        with pytest.raises(ProviderRejected, match="CARTESIA_API_KEY"):
            await voice.warm()
        server.status = 101
        await voice.warm()
        await voice.warm()
        await server.peer(1)
        assert len(server.peers) == 1

    play(scene)
