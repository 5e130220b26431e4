"""The process in which the end-of-turn model judges: `python -m offhook.providers.smart_turn_child MODEL`.

| frame | from | payload |
|---|---|---|
| `j` | parent | the caller's last seconds, mu-law |
| `p` | child | float32: how likely the caller has finished, 0 to 1 |

The network takes `input_features` float32 [1, 80, 800] (`turn_features`) and gives `logits` [1, 1], which for all
their name are a probability.
"""

import signal
import struct
import sys
from pathlib import Path

import onnxruntime as ort

from offhook.audio.g711 import RATE_HZ, mulaw_to_pcm
from offhook.audio.resample import resampled
from offhook.providers import turn_features
from offhook.providers.frames import Frame, answer, received


class SmartTurnModel:
    """The network."""

    def __init__(self, model: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads would burn the core
        self._session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def complete(self, mulaw: bytes) -> float:
        """How likely it is that whoever spoke has finished."""
        pcm = resampled(mulaw_to_pcm(mulaw), RATE_HZ, turn_features.RATE_HZ)
        (found,) = self._session.run(None, {"input_features": turn_features.features(pcm)})
        return float(found[0, 0])


def serve(model: SmartTurnModel) -> None:
    """Answer frames until the parent is gone."""
    for frame in received():
        answer(Frame("p", frame.client, struct.pack("<f", model.complete(frame.payload))))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    try:
        model = SmartTurnModel(Path(sys.argv[1]))
        model.complete(b"")  # the first run takes longer; nobody waits for it now
    except Exception as error:
        kind = type(error).__name__
        raise SystemExit(
            f"smart-turn: its weights could not be loaded ({kind}). Run `offhook models pull smart-turn`."
        ) from error
    serve(model)
