"""The agent's voice falls and rises without a click."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio.ducking import Ducking, faded_in
from offhook.audio.g711 import mulaw_to_pcm, pcm_to_mulaw

LEVEL = pcm_to_mulaw(np.full(1600, 8000, "<i2").tobytes())


def values(mulaw: bytes) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.frombuffer(mulaw_to_pcm(mulaw), "<i2").astype(np.int64)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8), st.sampled_from([0.0, 0.1, 0.5]))
def test_the_frames_lengths_change_nothing(lengths: list[int], gain: float) -> None:
    whole, pieces = Ducking(), Ducking()
    whole.to(gain)
    pieces.to(gain)
    cuts = [0, *np.cumsum(lengths).tolist()]
    together = b"".join(pieces(LEVEL[a:b]) for a, b in itertools.pairwise(cuts))
    assert np.abs(values(together) - values(whole(LEVEL[: cuts[-1]]))).max(initial=0) <= 512


@pytest.mark.parametrize("gain", [0.0, 0.1, 0.5])
def test_it_falls_to_the_gain_and_comes_back(gain: float) -> None:
    ducking = Ducking()
    assert ducking(LEVEL) == LEVEL
    ducking.to(gain)
    down = values(ducking(LEVEL))
    assert down[0] == pytest.approx(8000, abs=300)
    assert np.all(np.diff(down[:80]) <= 0)
    assert np.abs(np.diff(down)).max() <= 600
    assert down[100] == pytest.approx(8000 * gain, abs=200)
    ducking.to(1.0)
    up = values(ducking(LEVEL))
    assert np.all(np.diff(up[:80]) >= 0)
    assert ducking(LEVEL) == LEVEL


def test_a_change_of_mind_in_the_middle_makes_no_jump() -> None:
    ducking = Ducking()
    ducking.to(0.0)
    first = ducking(LEVEL[:40])
    ducking.to(1.0)
    assert np.abs(np.diff(values(first + ducking(LEVEL[:200])))).max() <= 600


def test_fading_in_touches_only_its_samples() -> None:
    faded = faded_in(LEVEL, 80)
    assert values(faded)[0] == 0
    assert faded[80:] == LEVEL[80:]
