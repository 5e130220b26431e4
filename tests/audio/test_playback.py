"""What the agent says arrives whole, little ahead, and stops and goes on to the sample."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio.g711 import SILENCE
from offhook.audio.playback import Playout

RATE = 8000
SOUND = bytes(np.random.default_rng(2).integers(0, 127, 60_000, dtype=np.uint8))
"""No byte of it is silence."""


class Line:
    """A line that buffers: plays what it is sent in real time, and clears."""

    def __init__(self) -> None:
        self.pieces: list[tuple[float, bytes]] = []
        self.empty_at = 0.0

    def send(self, audio: bytes, now: float) -> None:
        if audio:
            start = max(now, self.empty_at)
            self.pieces.append((start, audio))
            self.empty_at = start + len(audio) / RATE

    def clear(self, now: float) -> None:
        self.pieces = [(start, audio[: max(0, round((now - start) * RATE))]) for start, audio in self.pieces]
        self.empty_at = min(self.empty_at, now)

    def heard(self, now: float) -> bytes:
        return b"".join(audio[: max(0, round((now - start) * RATE))] for start, audio in self.pieces)


def run(playout: Playout, line: Line, start: float, length: float, tick_s: float = 0.02) -> float:
    now = start
    for n in range(round(length / tick_s)):
        now = start + n * tick_s
        line.send(playout.due(now), now)
    return start + round(length / tick_s) * tick_s


def test_a_reply_is_sent_a_little_ahead_and_heard_to_the_end() -> None:
    playout, line = Playout(lead_s=0.1), Line()
    playout.queue(1, SOUND[:8050])
    assert playout.due(0.0) == b"", "silent until it is played"
    playout.end(1)
    playout.play(1)
    first = playout.due(0.0)
    assert first == SOUND[:800]
    line.send(first, 0.0)
    now = run(playout, line, 0.02, 0.5)
    assert playout.heard(now)[1] == pytest.approx(now * RATE, abs=1)
    assert 0.06 <= playout.ahead(now) <= 0.1 + 1e-6
    now = run(playout, line, now, 0.7)
    assert line.heard(now) == SOUND[:8050] + SILENCE * 110
    assert playout.all_heard(1, now)
    assert playout.heard(now) == (1, 8050)
    assert playout.underruns == 0


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["tick", "tick", "tick", "queue", "hold", "wait"]), st.integers(1, 900)), max_size=60
    ),
    lead_s=st.sampled_from([0.02, 0.06, 0.1, 0.2]),
)
def test_whatever_happens_every_sample_is_heard_once_and_in_order(steps: list[tuple[str, int]], lead_s: float) -> None:
    playout, line, at, queued = Playout(lead_s=lead_s), Line(), 0, 0
    playout.play(1)
    resumed: list[int] = []
    for what, size in steps:
        now = at / RATE
        match what:
            case "tick":
                line.send(playout.due(now), now)
                assert playout.ahead(now) <= lead_s + 0.02
                at += 160
            case "queue":
                playout.queue(1, SOUND[queued : queued + size])
                queued += size
            case "hold":
                held = playout.hold(now)
                line.clear(now)
                assert held == len(line.heard(now)), "what was held back is what was not heard"
                resumed.append(held)
                playout.play(1)
            case _:
                at += size
    playout.end(1)
    for _ in range(queued // 160 + 60):
        line.send(playout.due(at / RATE), at / RATE)
        at += 160
    heard, spoken = np.frombuffer(line.heard(at / RATE)[:queued], np.uint8), np.frombuffer(SOUND[:queued], np.uint8)
    changed = np.flatnonzero(heard != spoken)
    assert len(heard) == queued
    assert playout.all_heard(1, at / RATE)
    assert all(any(back <= place < back + 80 for back in resumed) for place in changed), "only the fade-in differs"


def test_a_reply_that_was_held_comes_back_softly_where_it_stopped() -> None:
    playout, line = Playout(), Line()
    loud = b"\x00" * 8000  # the most negative value
    playout.queue(1, loud)
    playout.play(1)
    now = run(playout, line, 0.0, 0.2) + 0.0035
    heard = playout.hold(now)
    assert heard == 1628
    assert playout.due(now + 0.02) == b""
    assert playout.ahead(now) == 0
    playout.play(1)
    back = playout.due(now + 1)
    assert back[:1] == SILENCE, "from silence"
    assert back[80:] == loud[:720]
    assert playout.underruns == 0, "a hold is no hole"


def test_what_was_sent_ahead_and_cleared_is_sent_again() -> None:
    playout = Playout(lead_s=0.1)
    playout.queue(1, SOUND[:8000])
    playout.play(1)
    assert playout.due(0.0) == SOUND[:800]
    assert playout.hold(0.03) == 240
    playout.play(1)
    assert playout.due(1.0)[80:] == SOUND[320:1040]


def test_a_hole_in_the_sound_is_counted_once_and_nothing_is_heaped_up_after_it() -> None:
    playout, line = Playout(lead_s=0.1), Line()
    playout.queue(1, SOUND[:1600])
    playout.play(1)
    now = run(playout, line, 0.0, 0.3)
    assert playout.underruns == 0, "not yet: it may be the end"
    playout.queue(1, SOUND[1600:6400])
    line.send(playout.due(0.3), 0.3)
    assert playout.underruns == 1
    assert playout.underrun_s == pytest.approx(0.1)
    assert playout.ahead(0.3) == pytest.approx(0.1)
    playout.end(1)
    now = run(playout, line, 0.32, 1.0)
    playout.queue(2, SOUND[:800])
    playout.play(2)
    playout.due(now + 5)
    assert playout.underruns == 1, "silence between replies is none"


def test_less_than_a_frame_waits_for_more_or_for_the_end() -> None:
    playout = Playout()
    playout.queue(1, SOUND[:100])
    playout.play(1)
    assert playout.due(0.0) == b""
    playout.queue(1, SOUND[100:170])
    assert playout.due(0.02) == SOUND[:160]
    playout.end(1)
    assert playout.due(0.04) == SOUND[160:170] + SILENCE * 150
    assert playout.heard(1.0) == (1, 170)


def test_a_late_tick_makes_no_burst_beyond_the_lead() -> None:
    playout, line = Playout(lead_s=0.1), Line()
    playout.queue(1, SOUND[:40000])
    playout.play(1)
    run(playout, line, 0.0, 0.2)
    assert len(playout.due(2.0)) == 800
    assert len(playout.due(2.01)) == 160


def test_a_dropped_reply_is_silent_for_ever() -> None:
    playout = Playout()
    playout.queue(1, SOUND[:8000])
    playout.play(1)
    playout.due(0.0)
    playout.hold(0.05)
    playout.drop(1)
    playout.queue(1, SOUND[:800])
    playout.play(1)
    assert playout.due(0.1) == b""
    playout.drop(7)


def test_one_reply_follows_the_other_and_each_is_accounted_for() -> None:
    playout, line = Playout(lead_s=0.1), Line()
    for reply in (1, 2):
        playout.queue(reply, SOUND[: 3200 // reply])
        playout.end(reply)
    playout.play(1)
    now = run(playout, line, 0.0, 0.12)
    playout.play(2)
    line.send(playout.due(now), now)
    assert playout.heard(now)[0] == 1
    now = run(playout, line, now, 0.5)
    assert playout.heard(now) == (2, 1600)
    assert playout.heard_of(1, now) < 3200, "it was cut by the other"
    assert playout.heard_of(3, now) == 0


def test_what_was_heard_is_kept_no_longer() -> None:
    playout = Playout()
    tracemalloc.start()
    for reply in range(1, 40):
        playout.queue(reply, bytes(80_000))
        playout.end(reply)
        playout.play(reply)
        for tick in range(600):
            playout.due(reply * 20 + tick * 0.02)
        assert playout.all_heard(reply, reply * 20 + 12)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 200_000


def test_a_reply_of_no_sound_is_heard_at_once() -> None:
    playout = Playout()
    playout.end(1)
    playout.play(1)
    assert playout.due(0.0) == b""
    assert playout.all_heard(1, 0.0)
    assert playout.heard(0.0) == (0, 0)
