"""ONNX files written by hand, field by field of `onnx.proto`, so that no package is needed to make stand-in weights."""

import numpy as np

FLOAT, INT64 = 1, 7


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


def node(kind: str, inputs: list[str], output: str, **numbers: int) -> bytes:
    """One operation of a graph."""
    attributes = (_block(1, name) + _number(3, value) + _number(20, 2) for name, value in numbers.items())
    body = b"".join(_block(1, name) for name in inputs) + _block(2, output) + _block(4, kind)
    return _block(1, body + b"".join(_block(5, each) for each in attributes))


def constant(name: str, values: np.ndarray[tuple[int, ...], np.dtype[np.float32 | np.int64]]) -> bytes:
    """A tensor that the graph carries."""
    kind = INT64 if values.dtype == np.int64 else FLOAT
    dims = b"".join(_number(1, size) for size in values.shape)
    return _block(5, dims + _number(2, kind) + _block(8, name) + _block(9, values.tobytes()))


def value(field: int, name: str, kind: int, *shape: int | str) -> bytes:
    """An input (field 11) or output (field 12) of a graph."""
    dims = (_number(1, size) if isinstance(size, int) else _block(2, size) for size in shape)
    tensor = _number(1, kind) + _block(2, b"".join(_block(1, dim) for dim in dims))
    return _block(field, _block(1, name) + _block(2, _block(1, tensor)))


def model(*parts: bytes) -> bytes:
    """A file with one graph, opset 13."""
    graph = b"".join([*parts, _block(2, "stand_in")])
    return _number(1, 8) + _block(7, graph) + _block(8, _block(1, "") + _number(2, 13))
