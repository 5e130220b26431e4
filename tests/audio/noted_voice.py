"""A listener that notes what it is told, and the clips that tests listen to."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from offhook.audio import g711
from offhook.audio.voice_activity import Ear, VoiceActivity
from offhook.audio.wav import read_wav

CLIPS = Path(__file__).parent / "clips"
NAMES = sorted(path.stem for path in CLIPS.glob("*.wav"))
PAUSES = {"followme-options": 1, "priv-introsaved": 1}
"""How many pauses of 280 ms or more each clip has."""


@dataclass
class NotedVoice:
    """Times are seconds of audio: where the edge lies, and when it was told."""

    ear: Ear | None = None
    maybe: list[float] = field(default_factory=list)
    started: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    told_started: list[float] = field(default_factory=list)
    told_ended: list[float] = field(default_factory=list)

    def now(self) -> float:
        assert self.ear is not None
        return self.ear.samples_heard / 8000

    def speech_maybe(self, at_sample: int) -> None:
        self.maybe.append(at_sample / 8000)

    def speech_started(self, at_sample: int) -> None:
        self.started.append(at_sample / 8000)
        self.told_started.append(self.now())

    def speech_ended(self, at_sample: int) -> None:
        self.ended.append(at_sample / 8000)
        self.told_ended.append(self.now())


def clip(name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The clip's samples, 8 kHz, in -32768..32767."""
    return np.frombuffer(read_wav(CLIPS / f"{name}.wav").pcm, "<i2").astype(np.float64)


def seconds(length: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Silence."""
    return np.zeros(int(length * 8000))


def mulaw_of(samples: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bytes:
    return g711.pcm_to_mulaw(np.rint(samples).clip(-32768, 32767).astype("<i2").tobytes())


def open_voice(voices: VoiceActivity) -> NotedVoice:
    noted = NotedVoice()
    noted.ear = voices.open(noted)
    return noted


def listen(mulaw: bytes) -> NotedVoice:
    """What is noted of a stream that comes in frames of 20 ms."""
    voices = VoiceActivity(capacity=1)
    noted = open_voice(voices)
    assert noted.ear is not None
    for at in range(0, len(mulaw), 160):
        noted.ear.hear(mulaw[at : at + 160])
        voices.tick()
    return noted
