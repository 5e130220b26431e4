"""What the end-of-turn model sees of the caller's last 8 s: a log-mel picture, as Whisper's.

Frames of 25 ms every 10 ms, 80 triangular filters up to 8 kHz spaced on the Slaney mel scale (linear below 1 kHz,
logarithmic above) and of equal area, log10 with the lowest 8 decades below the peak kept, scaled to about -1 to 1.
"""

import numpy as np
import numpy.typing as npt

RATE_HZ = 16000
SECONDS = 8
FRAMES = 800
MELS = 80
_WINDOW = 400
_HOP = 160
_KNEE_HZ, _KNEE_MEL = 1000.0, 15.0
_LOG_STEP = np.log(6.4) / 27
"""Above the knee 27 mels are a factor of 6.4."""
_FAINTEST = 1e-10
_DECADES = 8.0

Floats = npt.NDArray[np.float64]


def _hz_of(mels: Floats) -> Floats:
    above = _KNEE_HZ * np.exp(_LOG_STEP * (mels - _KNEE_MEL))
    return np.where(mels < _KNEE_MEL, mels * _KNEE_HZ / _KNEE_MEL, above)


def _filters() -> Floats:
    """[80, 201]: the weight of each spectral line in each filter."""
    lines = np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ)
    highest = _KNEE_MEL + np.log(RATE_HZ / 2 / _KNEE_HZ) / _LOG_STEP
    corners = _hz_of(np.linspace(0.0, highest, MELS + 2))
    feet = zip(corners[:-2], corners[1:-1], corners[2:], strict=True)
    return np.stack([np.interp(lines, three, (0, 1, 0)) * 2 / (three[2] - three[0]) for three in feet])


_FILTERS = _filters()
_HANN = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / _WINDOW)


def features(pcm: bytes) -> npt.NDArray[np.float32]:
    """[1, 80, 800] of 16-bit PCM at 16 kHz: of its last 8 s, with silence before what is shorter."""
    wanted = SECONDS * RATE_HZ
    heard = np.frombuffer(pcm, "<i2").astype(np.float64)[-wanted:] / 32768
    sound = np.concatenate((np.zeros(wanted - len(heard)), heard))
    loudness = (sound - sound.mean()) / np.sqrt(sound.var() + 1e-7)
    mirrored = np.pad(loudness, _WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(mirrored, _WINDOW)[::_HOP][:FRAMES]
    lines = np.fft.rfft(frames * _HANN)
    power = _FILTERS @ (lines.real**2 + lines.imag**2).T
    decades = np.log10(np.maximum(power, _FAINTEST))
    picture: Floats = (np.maximum(decades, decades.max() - _DECADES) + 4) / 4
    return picture[np.newaxis].astype(np.float32)
