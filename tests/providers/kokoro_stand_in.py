"""Weights with Kokoro's inputs and outputs and none of its sense: every phoneme is a tenth of a second of tone.

The ONNX file is written by hand, field by field of `onnx.proto`, so that no package is needed to make it.
"""

import json
from pathlib import Path

import numpy as np

_FLOAT, _INT64 = 1, 7
PHONEME_SAMPLES = 2400
VOICE = "tone"


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _block(field: int, content: bytes | str) -> bytes:
    raw = content.encode() if isinstance(content, str) else content
    return _varint(field << 3 | 2) + _varint(len(raw)) + raw


def _node(kind: str, inputs: list[str], output: str, **numbers: int) -> bytes:
    attributes = (_block(1, name) + _number(3, value) + _number(20, 2) for name, value in numbers.items())
    body = b"".join(_block(1, name) for name in inputs) + _block(2, output) + _block(4, kind)
    return _block(1, body + b"".join(_block(5, each) for each in attributes))


def _constant(name: str, values: np.ndarray[tuple[int, ...], np.dtype[np.float32 | np.int64]]) -> bytes:
    kind = _INT64 if values.dtype == np.int64 else _FLOAT
    dims = b"".join(_number(1, size) for size in values.shape)
    return _block(5, dims + _number(2, kind) + _block(8, name) + _block(9, values.tobytes()))


def _value(field: int, name: str, kind: int, *shape: int | str) -> bytes:
    dims = (_number(1, size) if isinstance(size, int) else _block(2, size) for size in shape)
    tensor = _number(1, kind) + _block(2, b"".join(_block(1, dim) for dim in dims))
    return _block(field, _block(1, name) + _block(2, _block(1, tensor)))


def network() -> bytes:
    """tokens, style, speed -> audio: the sine of token times ramp. Style and speed are read, and change nothing."""
    ramp = np.arange(PHONEME_SAMPLES, dtype=np.float32).reshape(1, -1) * np.float32(0.01)
    graph = b"".join(
        [
            _node("Cast", ["tokens"], "floats", to=_FLOAT),
            _node("Reshape", ["floats", "column"], "upright"),
            _node("Mul", ["upright", "ramp"], "angles"),
            _node("Sin", ["angles"], "tones"),
            _node("Reshape", ["tones", "flat"], "sound"),
            _node("ReduceSum", ["style"], "style_sum", keepdims=0),
            _node("Mul", ["style_sum", "zero"], "style_zero"),
            _node("Mul", ["speed", "zero"], "speed_zero"),
            _node("Add", ["sound", "style_zero"], "with_style"),
            _node("Add", ["with_style", "speed_zero"], "audio"),
            _block(2, "stand_in"),
            _constant("ramp", ramp),
            _constant("zero", np.zeros((), np.float32)),
            _constant("column", np.array([-1, 1], np.int64)),
            _constant("flat", np.array([-1], np.int64)),
            _value(11, "tokens", _INT64, 1, "n"),
            _value(11, "style", _FLOAT, 1, 256),
            _value(11, "speed", _FLOAT, 1),
            _value(12, "audio", _FLOAT, "samples"),
        ]
    )
    return _number(1, 8) + _block(7, graph) + _block(8, _block(1, "") + _number(2, 13))


def write_weights(folder: Path) -> Path:
    """All files of Kokoro's weights."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kokoro.onnx").write_bytes(network())
    with (folder / "voices.bin").open("wb") as file:
        np.savez(file, tone=np.ones((510, 1, 256), np.float32))
    letters = "abcdefghijklmnopqrstuvwxyz\u0259\u026a\u0279\u02c8 ,.!?"
    (folder / "config.json").write_text(json.dumps({"vocab": {letter: at for at, letter in enumerate(letters, 1)}}))
    return folder
