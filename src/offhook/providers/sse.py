"""Server-sent events, cut out of a byte stream as it comes.

Source: the HTML standard, "Server-sent events", of which language models use the `data` field alone. A lone carriage
return as a line's end is legal there, used by nobody, and not read here.
"""

_LONGEST = 1 << 20
"""Bytes of an event that has not ended; more is no event."""


class SseReader:
    """Fed with chunks, cut anywhere; answers with the data of each event that is now complete."""

    __slots__ = ("_data", "_rest")

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take the next bytes.

        Raises:
            ValueError: An event does not end.
        """
        lines = (self._rest + chunk).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > _LONGEST or len(self._data) > _LONGEST:
            raise ValueError("an event of the stream does not end")
        events: list[bytes] = []
        for line in lines:
            if line.startswith(b"data:"):
                self._data.append(line[5:].rstrip(b"\r").removeprefix(b" "))
            elif self._data and line in {b"", b"\r"}:
                events.append(b"\n".join(self._data))
                self._data.clear()
        return events
