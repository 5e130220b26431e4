"""A stream brought to another rate: what the chunks were cannot be heard, nor what does not fit."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio.resample import Resampler, resampled

PAIRS = [(8000, 16000), (16000, 8000), (24000, 8000), (48000, 8000), (8000, 24000), (8000, 48000), (22050, 8000)]
PAIRS += [(24000, 16000), (8000, 8000)]


def tone(hz: float, rate_hz: int, seconds: float = 0.5, level: float = 0.5) -> bytes:
    at = np.arange(int(rate_hz * seconds)) / rate_hz
    return np.rint(np.sin(2 * np.pi * hz * at) * level * 32767).astype("<i2").tobytes()


def floats(pcm: bytes) -> npt.NDArray[np.float64]:
    return np.frombuffer(pcm, "<i2").astype(np.float64) / 32767


def level_db(pcm: bytes) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(floats(pcm)[200:-200] ** 2)) + 1e-9))


@pytest.mark.parametrize(("from_hz", "to_hz"), PAIRS)
@given(data=st.data())
def test_the_chunks_cannot_be_heard(from_hz: int, to_hz: int, data: st.DataObject) -> None:
    pcm = np.random.default_rng(1).integers(-32768, 32768, 3000).astype("<i2").tobytes()
    cuts = data.draw(st.lists(st.integers(0, len(pcm)), max_size=12).map(sorted))
    resampler = Resampler(from_hz, to_hz)
    chunks = [resampler(pcm[a:b]) for a, b in zip([0, *cuts], [*cuts, len(pcm)], strict=True)]
    assert b"".join([*chunks, resampler.flush()]) == resampled(pcm, from_hz, to_hz)


@pytest.mark.parametrize(("from_hz", "to_hz"), PAIRS)
@pytest.mark.parametrize("hz", [300, 1004, 3000])
def test_a_tone_comes_out_as_the_same_tone_at_the_same_time(from_hz: int, to_hz: int, hz: int) -> None:
    out, ideal = floats(resampled(tone(hz, from_hz), from_hz, to_hz)), floats(tone(hz, to_hz))
    assert len(out) == len(ideal)
    noise = (out - ideal)[200:-200]
    assert 10 * np.log10(np.mean(ideal**2) / (np.mean(noise**2) + 1e-12)) > 50


@pytest.mark.parametrize(
    ("from_hz", "hz"), [(16000, 4500), (24000, 4500), (24000, 11000), (48000, 20000), (22050, 9000)]
)
def test_what_a_telephone_cannot_carry_is_not_folded_into_it(from_hz: int, hz: int) -> None:
    assert level_db(resampled(tone(hz, from_hz), from_hz, 8000)) < level_db(tone(hz, from_hz)) - 55


@pytest.mark.parametrize("to_hz", [16000, 24000, 48000])
def test_going_up_adds_no_images(to_hz: int) -> None:
    out = floats(resampled(tone(2000, 8000), 8000, to_hz))[400:-400]
    spectrum = np.abs(np.fft.rfft(out * np.kaiser(len(out), 14)))
    above = spectrum[int(4200 / to_hz * len(out)) :]
    assert 20 * np.log10(above.max() / spectrum.max()) < -55


def test_full_scale_is_clipped_not_wrapped() -> None:
    square = np.repeat(np.tile([32767, -32768], 50), 24).astype("<i2").tobytes()
    out = np.frombuffer(resampled(square, 24000, 8000), "<i2")
    halves = np.sign(out.reshape(-1, 8)[:, 2:7])
    assert np.array_equal(halves, np.tile([[1], [-1]], (50, 5)))


def test_a_live_stream_is_held_back_by_a_millisecond_and_a_half() -> None:
    resampler = Resampler(24000, 8000)
    given = sum(len(resampler(tone(500, 24000, 0.02))) for _ in range(50)) // 2
    assert 8000 - 13 <= given <= 8000


def test_after_a_flush_another_stream_begins() -> None:
    resampler = Resampler(16000, 8000)
    pcm = tone(700, 16000)
    assert resampler(pcm) + resampler.flush() == resampler(pcm) + resampler.flush()
