"""The end-of-turn model: its picture of the voice by numbers, its whole path with stand-in weights, and for real.

The stand-in tells the mean of the picture; the real weights are asked where `OFFHOOK_MODELS` has them.
"""

import asyncio
from math import exp, log
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio.g711 import RATE_HZ, mulaw_to_pcm, pcm_to_mulaw
from offhook.audio.resample import resampled
from offhook.audio.wav import read_wav
from offhook.providers.errors import ProviderUnavailable
from offhook.providers.smart_turn import MODEL, smart_turn
from offhook.providers.smart_turn_child import SmartTurnModel
from offhook.providers.turn_features import FRAMES, MELS, SECONDS, features
from offhook.settings import Settings
from tests.providers.onnx_by_hand import FLOAT, constant, model, node, value

CLIPS = sorted((Path(__file__).parents[1] / "audio" / "clips").glob("*.wav"))
REAL = (Settings().models or Path("models")) / "smart-turn"
PAUSE = bytes(2 * RATE_HZ * 3 // 10)


def tone(hz: float, seconds: float = 2.0) -> bytes:
    at = np.arange(round(16000 * seconds)) / 16000
    samples: npt.NDArray[np.int16] = np.rint(8000 * np.sin(2 * np.pi * hz * at)).astype("<i2")
    return samples.tobytes()


def brightest(picture: npt.NDArray[np.float32], at: float) -> int:
    return int(picture[0, :, round(100 * (SECONDS + at))].argmax())


def write_weights(folder: Path) -> Path:
    folder.mkdir()
    network = model(
        node("ReduceMean", ["input_features"], "mean", keepdims=0),
        node("Sigmoid", ["mean"], "probability"),
        node("Reshape", ["probability", "one"], "logits"),
        constant("one", np.array([1, 1], np.int64)),
        value(11, "input_features", FLOAT, 1, MELS, FRAMES),
        value(12, "logits", FLOAT, 1, 1),
    )
    (folder / MODEL).write_bytes(network)
    return folder


def expected(mulaw: bytes) -> float:
    mean = float(features(resampled(mulaw_to_pcm(mulaw), RATE_HZ, 16000)).mean())
    return 1 / (1 + exp(-mean))


def clip(path: Path, share: float = 1.0) -> bytes:
    pcm = read_wav(path).pcm
    return pcm_to_mulaw(pcm[: round(len(pcm) * share) & ~1] + PAUSE)


# -- the picture ------------------------------------------------------------------


def test_each_tone_is_in_the_filter_of_its_pitch() -> None:
    """Slaney's scale: 15 mels up to 1 kHz, then 27 for each factor of 6.4; 82 corners are spread evenly up to 8 kHz."""
    seen = [brightest(features(tone(hz)), at=-1.0) for hz in (186, 1000, 2000, 4000)]
    mels = [2.79, 15.0, 15 + 27 * log(2) / log(6.4), 15 + 27 * log(4) / log(6.4)]
    highest = 15 + 27 * log(8) / log(6.4)
    assert seen == [round(81 * mel / highest) - 1 for mel in mels]


def test_what_came_last_is_at_the_right_edge() -> None:
    picture = features(tone(1000, 1.0) + tone(3000, 1.0))
    assert brightest(picture, at=-1.5) == 26
    assert brightest(picture, at=-0.5) > 50
    assert np.ptp(picture[0, :, : 100 * (SECONDS - 3)]) == 0, "silence is put before what is shorter, not behind it"


def test_silence_is_flat() -> None:
    assert np.ptp(features(b"")) == 0
    assert (features(b"") == features(bytes(400_000))).all()


def test_only_the_last_eight_seconds_count() -> None:
    long = tone(440, 9.0) + tone(700, 8.0)
    assert (features(long) == features(long[-2 * 16000 * SECONDS :])).all()


@given(st.binary(max_size=4000))
def test_every_picture_is_bounded(pcm: bytes) -> None:
    picture = features(pcm[: len(pcm) & ~1])
    assert picture.shape == (1, MELS, FRAMES)
    assert picture.dtype == np.float32
    assert np.isfinite(picture).all()
    assert np.ptp(picture) <= 2 + 1e-5


def test_a_soft_voice_and_a_loud_one_look_alike() -> None:
    loud = read_wav(CLIPS[0]).pcm
    soft = (np.frombuffer(loud, "<i2") // 8).astype("<i2").tobytes()
    assert np.abs(features(loud) - features(soft)).mean() < 0.05


# -- the model --------------------------------------------------------------------


async def test_a_judge_tells_what_the_network_makes_of_the_last_seconds(tmp_path: Path) -> None:
    heard = clip(CLIPS[0])
    async with smart_turn(write_weights(tmp_path / "smart-turn")) as model_of_all:
        judge = model_of_all.judge(lambda: heard)
        assert await judge.complete() == pytest.approx(expected(heard), abs=1e-5)
        heard = b""
        assert await judge.complete() == pytest.approx(expected(b""), abs=1e-5)


async def test_who_would_wait_too_long_is_told_at_once(tmp_path: Path) -> None:
    async with smart_turn(write_weights(tmp_path / "smart-turn")) as model_of_all:
        judge = model_of_all.judge(lambda: b"")
        outcomes: list[str] = []

        async def ask() -> None:
            try:
                await judge.complete()
            except TimeoutError:
                outcomes.append("too late")
            else:
                outcomes.append("told")

        async with asyncio.TaskGroup() as calls:
            for _ in range(5):
                calls.create_task(ask())
        assert sorted(outcomes) == ["told", "told", "too late", "too late", "too late"]
        assert outcomes[0] == "too late"
        assert await judge.complete() > 0, "there is room again"


async def test_whoever_stops_waiting_harms_nobody(tmp_path: Path) -> None:
    async with smart_turn(write_weights(tmp_path / "smart-turn")) as model_of_all:
        judge = model_of_all.judge(lambda: b"")
        for _ in range(2):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0):
                    await judge.complete()
        with pytest.raises(TimeoutError):  # the child still works for those who left
            await judge.complete()


async def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match=r"smart-turn\.onnx is missing.*offhook models pull smart-turn"):
        async with smart_turn(tmp_path):
            pass


async def test_weights_that_are_none_end_the_child_and_not_the_call(tmp_path: Path) -> None:
    (tmp_path / MODEL).write_bytes(b"<html>not found</html>")
    async with smart_turn(tmp_path) as model_of_all:
        with pytest.raises(ProviderUnavailable):
            await model_of_all.judge(lambda: b"").complete()


@pytest.mark.skipif(not (REAL / MODEL).is_file(), reason="the weights are not in OFFHOOK_MODELS")
def test_real_weights_tell_whole_sentences_from_broken_ones() -> None:
    """Recorded prompts and 300 ms of silence; cut ones end in the middle of a word."""
    real = SmartTurnModel(REAL / MODEL)
    whole = [real.complete(clip(path)) for path in CLIPS]
    cut = [real.complete(clip(path, share)) for path in CLIPS for share in (0.35, 0.5, 0.7)]
    assert min(whole) >= 0.85
    assert sum(cut) / len(cut) < min(whole)
