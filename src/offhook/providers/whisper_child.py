"""The process in which faster-whisper works: `python -m offhook.providers.whisper_child WEIGHTS LANGUAGE`.

Its frames are those of `child_ear.py`; what is to be expected comes as words that are likelier than usual.
"""

import signal
import sys
from collections.abc import Callable, Sequence
from math import exp
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from offhook.audio.g711 import MULAW_TO_FLOAT, mulaw_to_pcm
from offhook.audio.resample import resampled
from offhook.providers.child_ear import encoded_transcript
from offhook.providers.frames import REFUSED, Frame, answer, received

_RATE_HZ = 16000
_QUIET = 0.001
"""Root mean square of an utterance that is silence: -60 dBFS. Whisper would make up words for it."""
_NO_SPEECH = 0.6
_UNLIKELY = -1.0
_REPEATS = 2.4
_LONGEST_TOKENS = 224

Samples = NDArray[np.float32]


class Segment(Protocol):
    """A piece of what faster-whisper understood."""

    text: str
    start: float
    end: float
    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float


Understand = Callable[[Samples, str], Sequence[Segment]]
"""Samples at 16 kHz and the likelier words in, segments out."""


def words_and_confidence(segments: Sequence[Segment]) -> tuple[str, float | None]:
    """What was said, without what Whisper makes up in silence and noise, and how sure it is of the rest.

    The confidence is the mean probability of a token, each segment by its length.
    """
    kept = [segment for segment in segments if not _made_up(segment)]
    text = " ".join(segment.text.strip() for segment in kept).strip()
    if not text:
        return "", None
    weights = [max(0.01, segment.end - segment.start) for segment in kept]
    mean = sum(w * segment.avg_logprob for w, segment in zip(weights, kept, strict=True)) / sum(weights)
    return text, min(1.0, exp(mean))


def _made_up(segment: Segment) -> bool:
    doubtful = segment.avg_logprob < _UNLIKELY
    return (
        segment.no_speech_prob > _NO_SPEECH
        or (doubtful and segment.no_speech_prob > _NO_SPEECH / 2)
        or segment.compression_ratio > _REPEATS  # the same words over and over
    )


class Ear:
    """What one call is saying."""

    def __init__(self) -> None:
        self.hints = ""
        self.listening = False
        self._mulaw = bytearray()

    def hear(self, mulaw: bytes) -> None:
        """The next samples; kept only within an utterance."""
        if self.listening:
            self._mulaw += mulaw

    def begin(self) -> None:
        """An utterance begins."""
        self.listening = True
        self._mulaw.clear()

    def end(self) -> Samples | None:
        """The utterance at 16 kHz, if there was one that can be heard."""
        heard, self._mulaw, self.listening = bytes(self._mulaw), bytearray(), False
        floats = MULAW_TO_FLOAT.take(np.frombuffer(heard, np.uint8))
        if not len(floats) or float(np.sqrt(np.mean(floats**2))) < _QUIET:
            return None
        pcm = resampled(mulaw_to_pcm(heard), 8000, _RATE_HZ)
        return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


def serve(understand: Understand) -> None:
    """Answer frames until the parent is gone."""
    ears: dict[int, Ear] = {}
    for frame in received():
        ear = ears.setdefault(frame.client, Ear())
        match frame.kind:
            case "e":
                ear.hints = frame.payload.decode()
            case "s":
                ear.begin()
            case "a":
                ear.hear(frame.payload)
            case "f":
                samples = ear.end()
                text, confidence = (
                    ("", None) if samples is None else words_and_confidence(understand(samples, ear.hints))
                )
                answer(Frame("t", frame.client, encoded_transcript(text, confidence)))
            case _:
                del ears[frame.client]


def refuse(reason: str) -> None:
    """Tell every call that there will be no words, and why."""
    for frame in received():
        if frame.kind == "e":
            answer(Frame(REFUSED, frame.client, reason.encode()))


def main(weights: str, language: str) -> None:
    """Load the weights and serve."""
    try:
        import faster_whisper

        model: Any = faster_whisper.WhisperModel(weights, device="cpu", compute_type="int8", local_files_only=True)
    except (ImportError, RuntimeError, ValueError, OSError) as error:
        refuse(f"the weights could not be loaded ({type(error).__name__})")
        return

    def understand(samples: Samples, hints: str) -> Sequence[Segment]:
        segments, _ = model.transcribe(
            samples,
            language=language,
            beam_size=1,
            temperature=0.0,
            without_timestamps=True,
            condition_on_previous_text=False,
            max_new_tokens=_LONGEST_TOKENS,
            hotwords=hints or None,
        )
        return list(segments)

    serve(understand)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    main(*sys.argv[1:3])
