"""Makes pocketsphinx's 16 kHz acoustic model hear a telephone: derives an 8 kHz model from the one in its wheel.

The Gaussians' means and variances are mapped by `data/narrowband.json` (origin and meaning in `data/README.md`); the
front end is told to use 18 mel filters up to 3.7 kHz. Done once, in a tenth of a second, into a cache folder.

A Sphinx "s3" file is a text header up to `endhdr`, then in native order: uint32 0x11223344, uint32 codebooks, streams
and densities, one uint32 width per stream, uint32 count and that many float32 (codebook, stream, density, component).
"""

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from offhook.providers.errors import ProviderUnavailable, ProviderUnintelligible

_MAP = Path(__file__).with_name("data") / "narrowband.json"
_MAGIC = 0x11223344
_WIDTH = 13
"""Components of each of the three streams: cepstra, first and second differences."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Map:
    """The linear map from wide-band to narrow-band cepstra."""

    matrix: Floats
    bias: Floats
    residual: Floats

    def means(self, old: Floats) -> Floats:
        """New means, shaped codebook, stream, density, component."""
        new = old @ self.matrix.T
        new[:, 0] += self.bias
        return new

    def variances(self, old: Floats) -> Floats:
        """New variances: what the map makes of the old ones, and what it could not explain."""
        by_stream = old.mean(axis=(0, 2))
        residual = self.residual * by_stream / by_stream[0]
        new: Floats = old @ (self.matrix * self.matrix).T + residual[None, :, None, :]
        return new


def narrowband_model(source: Path, cache: Path) -> Path:
    """The folder of the 8 kHz model made from the 16 kHz model in `source`; derived at first use. Blocks for 0.1 s.

    The folder's name is a digest of what it was made from, and it appears whole or not at all: several processes may
    ask at once.

    Raises:
        ProviderError: The cache folder cannot be written, or the model is not one we know.
    """
    try:
        raw = [(source / name).read_bytes() for name in ("means", "variances")]
        digest = hashlib.sha256(b"".join([*raw, _MAP.read_bytes()])).hexdigest()[:12]
        target = cache / f"en-us-8khz-{digest}"
        if not target.is_dir():
            _derive(source, target)
    except OSError as error:
        problem = f"the 8 kHz acoustic model could not be made in {cache} ({type(error).__name__})"
        raise ProviderUnavailable("pocketsphinx", problem, "Make the folder writable, or name another.") from error
    return target


def _derive(source: Path, target: Path) -> None:
    numbers = json.loads(_MAP.read_text())
    chart = _Map(*(np.array(numbers[key]) for key in ("mean_map", "mean_bias", "residual_variance")))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".model-") as folder:
        draft = Path(folder) / "model"
        shutil.copytree(source, draft)
        write_gaussians(draft / "means", chart.means(read_gaussians(source / "means")))
        write_gaussians(draft / "variances", chart.variances(read_gaussians(source / "variances")))
        params = (source / "feat.params").read_text()
        (draft / "feat.params").write_text(
            params.replace("-nfilt 25", "-nfilt 18").replace("-upperf 6800", "-upperf 3700")
        )
        try:
            draft.rename(target)
        except OSError:
            if not target.is_dir():  # else another process was faster, with the same result
                raise


def read_gaussians(path: Path) -> Floats:
    """The parameters of a Sphinx s3 file, shaped codebook, stream, density, component.

    Raises:
        ProviderUnintelligible: It is not such a file, or its streams are not ours.
    """
    content = path.read_bytes()
    start = content.find(b"endhdr\n") + len(b"endhdr\n")
    head = np.frombuffer(content[start : start + 32], np.uint32)
    shape = (*head[1:4].tolist(), _WIDTH)
    if len(head) < 8 or head[0] != _MAGIC or set(head[4:7].tolist()) != {_WIDTH} or head[7] != np.prod(shape):
        problem = f"{path.name} of the acoustic model is not laid out as expected"
        raise ProviderUnintelligible("pocketsphinx", problem, "Reinstall the locked version of pocketsphinx.")
    values = np.frombuffer(content, np.float32, int(head[7]), start + 32)
    return values.reshape(shape).astype(np.float64)


def write_gaussians(path: Path, values: Floats) -> None:
    """Write a Sphinx s3 file without a checksum."""
    head = np.array([_MAGIC, *values.shape[:3], _WIDTH, _WIDTH, _WIDTH, values.size], np.uint32)
    path.write_bytes(b"s3\nversion 1.0\nendhdr\n" + head.tobytes() + values.astype(np.float32).tobytes())
