"""The agent does not hear itself, and still hears who speaks over it."""

import numpy as np
import pytest

from offhook.audio.echo import EchoGate
from offhook.audio.g711 import SILENCE, pcm_to_mulaw
from offhook.audio.noise import pink_noise, speech_power
from offhook.audio.voice_activity import VoiceActivity
from tests.audio.noted_voice import NAMES, NotedVoice, clip, mulaw_of, open_voice, seconds

AGENT = np.concatenate([clip(name) for name in NAMES])
"""Fourteen seconds without a pause of more than half a second."""


def late(samples: np.ndarray[tuple[int], np.dtype[np.float64]], ms: int, db: float) -> bytes:
    return mulaw_of(np.concatenate((np.zeros(ms * 8), samples)) * 10 ** (db / 20))


def listen_while_playing(agent: bytes, incoming: bytes, *, ahead: int = 0, gated: bool = True) -> NotedVoice:
    voices, gate = VoiceActivity(capacity=1), EchoGate()
    noted = open_voice(voices)
    assert noted.ear is not None
    gate.played(agent[:ahead])
    for at in range(0, len(incoming), 160):
        gate.played(agent[at + ahead : at + ahead + 160], ahead)
        frame = incoming[at : at + 160]
        noted.ear.hear(gate.clean(frame) if gated else frame)
        voices.tick()
    return noted


@pytest.mark.parametrize("db", [-20, -30])
@pytest.mark.parametrize("ms", [100, 173, 250, 333, 400])
def test_the_agents_own_voice_interrupts_nobody(ms: int, db: float) -> None:
    echo = late(np.concatenate((AGENT, seconds(1))), ms, db)
    assert listen_while_playing(mulaw_of(AGENT), echo).started == []


def test_without_the_gate_it_would() -> None:
    echo = late(AGENT, 200, -20)
    assert listen_while_playing(mulaw_of(AGENT), echo, gated=False).started


def test_what_is_sent_ahead_echoes_when_it_sounds() -> None:
    echo = late(AGENT, 400, -20)
    assert listen_while_playing(mulaw_of(AGENT), echo, ahead=1600).started == []


@pytest.mark.parametrize("db", [-20, -30, -90])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("at_s", [1.0, 2.5])
def test_a_caller_who_speaks_over_the_agent_is_heard_nearly_as_soon(name: str, at_s: float, db: float) -> None:
    level = np.sqrt(speech_power(AGENT) / speech_power(clip(name)))
    caller = np.concatenate((seconds(at_s), clip(name) * level, seconds(8)))[: len(AGENT)]
    echo = np.concatenate((np.zeros(1600), AGENT))[: len(caller)] * 10 ** (db / 20)
    alone = listen_while_playing(b"", mulaw_of(caller))
    over = listen_while_playing(mulaw_of(AGENT), mulaw_of(caller + echo))
    assert over.told_started[0] <= alone.told_started[0] + 0.1
    assert over.started[0] >= at_s - 0.05


@pytest.mark.parametrize("name", NAMES)
def test_most_of_what_is_said_over_the_agent_comes_through(name: str) -> None:
    speech, gate = clip(name), EchoGate()
    agent, incoming = mulaw_of(AGENT), mulaw_of(speech)
    kept = loud = 0
    for at in range(0, len(incoming) - 160, 160):
        gate.played(agent[at : at + 160])
        frame = gate.clean(incoming[at : at + 160])
        if np.mean(speech[at : at + 160] ** 2) > speech_power(speech) / 100:
            loud += 1
            kept += frame != SILENCE * 160
    assert kept / loud > 0.9


def test_nothing_is_touched_when_the_agent_is_silent() -> None:
    gate = EchoGate()
    noise = mulaw_of(pink_noise(16000, 1) * 30)
    gate.played(SILENCE * 16000)
    assert gate.clean(noise) == noise
    gate.played(mulaw_of(AGENT[:1600]))
    touched = b"".join(gate.clean(noise[at : at + 160]) for at in range(0, 16000, 160))
    assert touched != noise
    assert len(touched) == len(noise)
    assert touched[6400:] == noise[6400:]


def test_what_the_line_has_cleared_does_not_echo() -> None:
    gate = EchoGate()
    gate.played(mulaw_of(AGENT[:8000]), 0)
    gate.cleared()
    noise = mulaw_of(pink_noise(8000, 1) * 30)
    assert gate.clean(noise) == noise


def test_on_a_line_without_echo_soft_beginnings_are_heard_once_that_is_known() -> None:
    agent = np.sin(np.arange(16000) * 2 * np.pi * 300 / 8000) * 8000
    gate = EchoGate()
    soft = pcm_to_mulaw((agent * 0.05).astype("<i2").tobytes())  # -26 dB: might be an echo
    spoken = pcm_to_mulaw(agent.astype("<i2").tobytes())
    first = second = b""
    for at in range(0, 16000, 160):
        gate.played(spoken[at : at + 160])
        frame = soft[at : at + 160] if at >= 15200 else SILENCE * 160
        second += gate.clean(frame)
    fresh = EchoGate()
    for at in range(0, 4800, 160):
        fresh.played(spoken[at : at + 160])
        first += fresh.clean(soft[at : at + 160] if at >= 4000 else SILENCE * 160)
    assert first[4000:] == SILENCE * 800, "a line that is not known yet is taken for one with echo"
    assert second[15200:] == soft[15200:], "a line without echo swallowed a soft word"


def test_a_loudspeaker_that_is_switched_on_later_is_noticed() -> None:
    agent = np.sin(np.arange(40000) * 2 * np.pi * 300 / 8000) * 8000
    spoken = pcm_to_mulaw(agent.astype("<i2").tobytes())
    echo = pcm_to_mulaw((agent * 0.05).astype("<i2").tobytes())
    gate = EchoGate()
    heard = b""
    for at in range(0, 40000, 160):
        gate.played(spoken[at : at + 160])
        heard += gate.clean(echo[at : at + 160] if at >= 16000 else SILENCE * 160)
    assert heard[16000 + 20 * 160 :] == SILENCE * (24000 - 20 * 160)
