"""Server-sent events come out whole, however the network cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.providers.sse import SseReader

DATA = st.binary(max_size=12).filter(lambda data: not {*b"\r\n"} & {*data} and not data.startswith(b" "))
NOISE = st.sampled_from([b"", b": ping\n", b"event: chunk\n", b"id: 7\n\n"])


@given(
    events=st.lists(st.tuples(NOISE, st.lists(DATA, min_size=1, max_size=3))),
    end=st.sampled_from([b"\n", b"\r\n"]),
    space=st.sampled_from([b"", b" "]),
    cuts=st.lists(st.integers(0, 200)),
)
def test_any_cutting_gives_the_same_events(
    events: list[tuple[bytes, list[bytes]]], end: bytes, space: bytes, cuts: list[int]
) -> None:
    stream = b"".join(
        noise.replace(b"\n", end) + b"".join(b"data:" + space + line + end for line in lines) + end
        for noise, lines in events
    )
    reader, heard, start = SseReader(), list[bytes](), 0
    for cut in [*sorted(cuts), len(stream)]:
        heard += reader.feed(stream[start : max(start, cut)])
        start = max(start, cut)
    assert heard == [b"\n".join(lines) for _, lines in events]


def test_an_event_that_has_not_ended_is_not_given() -> None:
    reader = SseReader()
    assert reader.feed(b"data: one\n\ndata: two\n") == [b"one"]
    assert reader.feed(b"\n") == [b"two"]


def test_an_event_without_end_is_refused() -> None:
    reader = SseReader()
    reader.feed(b"data: " + b"x" * 1_000_000)
    with pytest.raises(ValueError, match="does not end"):
        reader.feed(b"x" * 100_000)
