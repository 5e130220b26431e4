"""A noisy telephone line, for the demo and for tests."""

import numpy as np
import numpy.typing as npt

from offhook.audio import g711

Floats = npt.NDArray[np.float64]
_FRAME = 160


def pink_noise(samples: int, seed: int) -> Floats:
    """Noise that falls by 3 dB per octave, with a power of 1. The same seed gives the same noise."""
    if samples == 0:
        return np.zeros(0)
    length = samples + samples % 2 + 2
    white = np.random.default_rng(seed).standard_normal(length // 2 + 1) + 0j
    white *= np.exp(2j * np.pi * np.random.default_rng(seed + 1).random(len(white)))
    white[0] = 0
    noise = np.fft.irfft(white / np.sqrt(np.maximum(np.arange(len(white)), 1)), length)[:samples]
    scaled: Floats = noise / np.sqrt(np.mean(noise**2))
    return scaled


def speech_power(pcm: Floats) -> float:
    """The power of what is spoken: of the 20 ms frames no more than 25 dB below the loudest."""
    whole = len(pcm) // _FRAME * _FRAME
    frames = pcm[:whole].reshape(-1, _FRAME) if whole else pcm.reshape(1, -1)
    powers = np.mean(frames**2, axis=1) if frames.size else np.zeros(1)
    spoken = powers[powers >= powers.max() * 10**-2.5]
    return float(spoken.mean())


def on_a_telephone(pcm: bytes, snr_db: float, seed: int) -> bytes:
    """16-bit PCM at 8 kHz as it arrives over a mu-law line with pink noise `snr_db` below the speech.

    The noise goes on through the pauses. In silence without any speech there is none.
    """
    speech = np.frombuffer(pcm, "<i2").astype(np.float64)
    noise = pink_noise(len(speech), seed) * np.sqrt(speech_power(speech)) * 10 ** (-snr_db / 20)
    return g711.pcm_to_mulaw(np.rint(speech + noise).clip(-32768, 32767).astype("<i2").tobytes())
