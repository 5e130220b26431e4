"""Voice activity of all calls by one inference: Silero VAD v6.2 at 8 kHz.

Every caller has an `Ear`. Hearing only appends; `tick`, called every 10 or 20 ms, takes a window of 32 ms from each
ear that has one and asks the model once for all of them. What the probabilities mean is `speech_edges`' matter.
"""

from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from offhook.audio.g711 import MULAW_TO_FLOAT
from offhook.audio.speech_edges import WINDOW, Edge, SpeechEdges

MODEL = Path(__file__).parent / "models" / "silero_vad.onnx"
_CONTEXT = 32
"""Samples of the window before that the model wants to see again; forgetting them spoils the result silently."""
_MOST_ROUNDS = 4
"""Windows that one tick takes from an ear at most: a burst is caught up within a few ticks, not in one."""
_MUTED_POWER = 1e-6
"""-60 dB: a line this quiet is muted."""
_MUTED_AFTER = 8
"""Windows; from then on the line costs no inference until there is sound again."""

Floats = npt.NDArray[np.float32]


class VoiceListener(Protocol):
    """Who is told of one caller's speech.

    Plain calls on the event loop, made from `tick`; they return at once and do not raise. Positions are samples since
    the ear was opened, so at `speech_ended` the silence has lasted `(ear.samples_heard - at_sample) / 8000` seconds.
    """

    def speech_maybe(self, at_sample: int) -> None:
        """One window sounds like speech: hold what is about to be said. Speech follows within 32 ms, or nothing."""
        ...

    def speech_started(self, at_sample: int) -> None:
        """The caller speaks, since `at_sample`."""
        ...

    def speech_ended(self, at_sample: int) -> None:
        """The caller's last speech ended at `at_sample`, some 50 to 100 ms ago (more on a noisy line)."""
        ...


class Ear:
    """One caller's sound on its way to the model; made by `VoiceActivity.open`."""

    __slots__ = ("_edges", "_listener", "_muted", "_pending", "_slot", "_voices", "samples_heard")

    def __init__(self, voices: "VoiceActivity", listener: VoiceListener, slot: int) -> None:
        self.samples_heard = 0
        """All that `hear` was given."""
        self._voices = voices
        self._listener = listener
        self._slot = slot
        self._pending = bytearray()
        self._edges = SpeechEdges()
        self._muted = 0

    @property
    def speaking(self) -> bool:
        """Whether the caller speaks, as far as the listener has been told."""
        return self._edges.speaking

    def hear(self, mulaw: bytes) -> None:
        """The caller's next samples; any number of them."""
        self._pending += mulaw
        self.samples_heard += len(mulaw)

    def close(self) -> None:
        """The call is over; no callback follows. Harmless when closed."""
        self._voices._forget(self)


class VoiceActivity:
    """The model and the state of every ear. Not for threads: `open`, `hear`, `tick` belong to one event loop.

    Args:
        capacity: Ears that there is room for at first; it grows.
    """

    def __init__(self, capacity: int = 64) -> None:
        self._model = _session()
        self._ears: list[Ear] = []
        self._free = list(range(capacity))[::-1]
        self._state: Floats = np.zeros((2, capacity, 128), np.float32)
        self._context: Floats = np.zeros((capacity, _CONTEXT), np.float32)
        self._rate = np.array(8000, np.int64)

    def open(self, listener: VoiceListener) -> Ear:
        """An ear for one caller; close it when the call ends."""
        if not self._free:
            self._grow()
        ear = Ear(self, listener, self._free.pop())
        self._reset(ear)
        self._ears.append(ear)
        return ear

    def tick(self) -> None:
        """Judge every full window and tell the listeners."""
        for _ in range(_MOST_ROUNDS):
            ready = [ear for ear in self._ears if len(ear._pending) >= WINDOW]
            if not ready:
                return
            self._judge(ready)

    def _judge(self, ears: list[Ear]) -> None:
        windows = [bytes(ear._pending[:WINDOW]) for ear in ears]
        for ear in ears:
            del ear._pending[:WINDOW]
        samples = MULAW_TO_FLOAT.take(np.frombuffer(b"".join(windows), np.uint8)).reshape(-1, WINDOW)
        powers: list[float] = (np.einsum("ij,ij->i", samples, samples) / WINDOW).tolist()
        for ear, window, power, probability in zip(
            ears, windows, powers, self._probabilities(ears, samples, powers), strict=True
        ):
            edge = ear._edges.step(probability, power, window)
            if edge is not None and ear._slot >= 0:
                self._tell(ear, edge)

    def _probabilities(self, ears: list[Ear], samples: Floats, powers: list[float]) -> list[float]:
        """How likely each window is speech; muted lines are not asked."""
        probabilities = [0.0] * len(ears)
        awake = [index for index, ear in enumerate(ears) if self._is_awake(ear, powers[index])]
        if not awake:
            return probabilities
        slots = [ears[index]._slot for index in awake]
        heard = samples if len(awake) == len(ears) else samples[awake]
        asked = np.concatenate((self._context[slots], heard), axis=1)
        found, state = self._model.run(None, {"input": asked, "state": self._state[:, slots], "sr": self._rate})
        self._state[:, slots] = state
        self._context[slots] = heard[:, -_CONTEXT:]
        for index, probability in zip(awake, found[:, 0].tolist(), strict=True):
            probabilities[index] = probability
        return probabilities

    def _is_awake(self, ear: Ear, power: float) -> bool:
        ear._muted = ear._muted + 1 if power < _MUTED_POWER else 0
        if ear._muted == _MUTED_AFTER:
            self._reset(ear)
        return ear._muted < _MUTED_AFTER

    def _tell(self, ear: Ear, edge: Edge) -> None:
        match edge:
            case Edge.MAYBE:
                ear._listener.speech_maybe(ear._edges.at)
            case Edge.STARTED:
                ear._listener.speech_started(ear._edges.at)
            case Edge.ENDED:
                ear._listener.speech_ended(ear._edges.at)

    def _reset(self, ear: Ear) -> None:
        self._state[:, ear._slot] = 0  # a state that has settled on silence takes the first noise for speech
        self._context[ear._slot] = 0

    def _forget(self, ear: Ear) -> None:
        if ear._slot >= 0:
            self._ears.remove(ear)
            self._free.append(ear._slot)
            ear._slot = -1

    def _grow(self) -> None:
        had = len(self._context)
        self._state = np.concatenate((self._state, np.zeros_like(self._state)), axis=1)
        self._context = np.concatenate((self._context, np.zeros_like(self._context)))
        self._free = list(range(had, 2 * had))[::-1]


def _session() -> Any:  # onnxruntime has no types
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads would burn the core
    return ort.InferenceSession(str(MODEL), options, providers=["CPUExecutionProvider"])
