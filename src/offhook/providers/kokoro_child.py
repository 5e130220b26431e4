"""The process in which Kokoro speaks: `python -m offhook.providers.kokoro_child MODEL VOICES CONFIG THREADS`.

| frame | from | payload |
|---|---|---|
| `k` | parent | JSON: phonemes, voice, speed |
| `w` | child | the sound, a WAV file |
| `x` | child | why it cannot |

The network takes `tokens` (or `input_ids`) int64 [1, n], padded with 0 at both ends and 510 at most without them, a
`style` float32 [1, 256], and `speed` [1]; it gives samples at 24 kHz. A voice is an array [510, 1, 256] of styles, of
which n phonemes use row n - 1. The phonemes' numbers are `vocab` in the model's `config.json`.
"""

import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from offhook.audio.wav import wav_of
from offhook.providers.frames import REFUSED, Frame, answer, received

_RATE_HZ = 24000
_LONGEST = 510
_TYPES = {
    "tensor(float)": np.float32,
    "tensor(int32)": np.int32,
    "tensor(int64)": np.int64,
    "tensor(double)": np.float64,
}

Styles = NDArray[np.float32]


class UnknownVoice(Exception):
    """The weights have no such voice."""


class Kokoro:
    """The network and its voices."""

    def __init__(self, model: Path, voices: Path, config: Path, *, threads: int) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads would burn the core
        self._session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._types = {each.name: _TYPES[each.type] for each in self._session.get_inputs()}
        self._voices: Mapping[str, Styles] = np.load(voices)
        self._numbers: Mapping[str, int] = json.loads(config.read_text(encoding="utf-8"))["vocab"]

    def spoken(self, phonemes: str, voice: str, speed: float) -> bytes:
        """A WAV file of the phonemes; raises UnknownVoice."""
        if voice not in self._voices:
            raise UnknownVoice
        styles = self._voices[voice]
        tokens = [self._numbers[phoneme] for phoneme in phonemes if phoneme in self._numbers]
        pieces = [tokens[at : at + _LONGEST] for at in range(0, len(tokens), _LONGEST)]
        sound = [self._sound(piece, styles[len(piece) - 1], speed) for piece in pieces]
        floats = np.concatenate(sound) if sound else np.zeros(0)
        return wav_of((floats.clip(-1, 1) * 32767).astype("<i2").tobytes(), _RATE_HZ)

    def _sound(self, tokens: list[int], style: Styles, speed: float) -> NDArray[np.float32]:
        named = {"tokens": [[0, *tokens, 0]], "input_ids": [[0, *tokens, 0]], "style": style, "speed": [speed]}
        given = {name: np.asarray(named[name], kind) for name, kind in self._types.items()}
        return np.asarray(self._session.run(None, given)[0], np.float32).reshape(-1)


def serve(kokoro: Kokoro) -> None:
    """Answer frames until the parent is gone."""
    for frame in received():
        told = json.loads(frame.payload)
        try:
            spoken = kokoro.spoken(told["phonemes"], told["voice"], told["speed"])
        except UnknownVoice:
            answer(Frame(REFUSED, frame.client, b"its weights have no such voice"))
        else:
            answer(Frame("w", frame.client, spoken))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    try:
        kokoro = Kokoro(*map(Path, sys.argv[1:4]), threads=int(sys.argv[4]))
    except Exception as error:
        kind = type(error).__name__
        raise SystemExit(f"kokoro: its weights could not be loaded ({kind}). Run `offhook models pull`.") from error
    serve(kokoro)
