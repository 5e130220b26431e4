"""Weights with Kokoro's inputs and outputs and none of its sense: every phoneme is a tenth of a second of tone."""

import json
from pathlib import Path

import numpy as np

from tests.providers.onnx_by_hand import FLOAT, INT64, constant, model, node, value

PHONEME_SAMPLES = 2400
VOICE = "tone"


def network() -> bytes:
    """tokens, style, speed -> audio: the sine of token times ramp. Style and speed are read, and change nothing."""
    ramp = np.arange(PHONEME_SAMPLES, dtype=np.float32).reshape(1, -1) * np.float32(0.01)
    return model(
        node("Cast", ["tokens"], "floats", to=FLOAT),
        node("Reshape", ["floats", "column"], "upright"),
        node("Mul", ["upright", "ramp"], "angles"),
        node("Sin", ["angles"], "tones"),
        node("Reshape", ["tones", "flat"], "sound"),
        node("ReduceSum", ["style"], "style_sum", keepdims=0),
        node("Mul", ["style_sum", "zero"], "style_zero"),
        node("Mul", ["speed", "zero"], "speed_zero"),
        node("Add", ["sound", "style_zero"], "with_style"),
        node("Add", ["with_style", "speed_zero"], "audio"),
        constant("ramp", ramp),
        constant("zero", np.zeros((), np.float32)),
        constant("column", np.array([-1, 1], np.int64)),
        constant("flat", np.array([-1], np.int64)),
        value(11, "tokens", INT64, 1, "n"),
        value(11, "style", FLOAT, 1, 256),
        value(11, "speed", FLOAT, 1),
        value(12, "audio", FLOAT, "samples"),
    )


def write_weights(folder: Path) -> Path:
    """All files of Kokoro's weights."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kokoro.onnx").write_bytes(network())
    with (folder / "voices.bin").open("wb") as file:
        np.savez(file, tone=np.ones((510, 1, 256), np.float32))
    letters = "abcdefghijklmnopqrstuvwxyz\u0259\u026a\u0279\u02c8 ,.!?"
    (folder / "config.json").write_text(json.dumps({"vocab": {letter: at for at, letter in enumerate(letters, 1)}}))
    return folder
