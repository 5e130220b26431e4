"""Messages between us and a child process of ours, over its standard input and output.

A frame is one letter saying what it is, uint32 saying whose it is, uint32 length, then that many bytes.
"""

import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_HEAD = struct.Struct("<cII")
HEAD_BYTES = _HEAD.size
REFUSED = "x"
"""The kind of a frame in which a child says why it cannot do what it was asked; never with a caller's words."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message."""

    kind: str
    """One ASCII letter; what it means is between the child and its users."""
    client: int
    payload: bytes = b""

    def encoded(self) -> bytes:
        """As it goes over the pipe."""
        return _HEAD.pack(self.kind.encode(), self.client, len(self.payload)) + self.payload


def decoded_head(head: bytes) -> tuple[str, int, int]:
    """A frame's (kind, client, bytes to come)."""
    kind, client, length = _HEAD.unpack(head)
    return kind.decode("ascii"), client, length


def received() -> Iterator[Frame]:
    """In the child: the frames that come in, until the parent closes the pipe or dies. Blocks."""
    source: BinaryIO = sys.stdin.buffer
    while len(head := source.read(HEAD_BYTES)) == HEAD_BYTES:
        kind, client, length = decoded_head(head)
        yield Frame(kind, client, source.read(length))


def answer(frame: Frame) -> None:
    """In the child: send a frame to the parent. Blocks while the pipe is full."""
    sys.stdout.buffer.write(frame.encoded())
    sys.stdout.buffer.flush()
