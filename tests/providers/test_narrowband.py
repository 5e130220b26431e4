"""The 8 kHz acoustic model: the figures its makers measured, made whole or not at all."""

from pathlib import Path

import numpy as np
import pocketsphinx
import pytest

from offhook.providers.errors import ProviderUnavailable, ProviderUnintelligible
from offhook.providers.narrowband import narrowband_model, read_gaussians, write_gaussians

SOURCE = Path(pocketsphinx.get_model_path("en-us")) / "en-us"


def test_the_first_gaussian_is_what_the_map_was_measured_to_give(tmp_path: Path) -> None:
    model = narrowband_model(SOURCE, tmp_path)
    means, variances = read_gaussians(model / "means"), read_gaussians(model / "variances")
    assert means[0, 0, 0, :4] == pytest.approx([-6.219, -17.105, -1.252, -6.237], abs=0.0005)
    assert variances[0, 0, 0, :4] == pytest.approx([10.64, 30.79, 38.21, 23.06], abs=0.01)
    assert means.shape == variances.shape == (42, 3, 128, 13)


def test_the_front_end_is_told_of_the_telephones_band(tmp_path: Path) -> None:
    params = (narrowband_model(SOURCE, tmp_path) / "feat.params").read_text()
    assert "-nfilt 18" in params
    assert "-upperf 3700" in params
    assert "6800" not in params


def test_it_is_made_once_and_nothing_else_is_left(tmp_path: Path) -> None:
    model = narrowband_model(SOURCE, tmp_path)
    made = (model / "means").stat().st_mtime_ns
    assert narrowband_model(SOURCE, tmp_path) == model
    assert (model / "means").stat().st_mtime_ns == made
    assert list(tmp_path.iterdir()) == [model]


def test_a_cache_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(ProviderUnavailable, match="Make the folder writable"):
        narrowband_model(SOURCE, blocked)


def test_an_unknown_model_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "means"
    broken.write_bytes(b"s3\nendhdr\n" + bytes(40))
    with pytest.raises(ProviderUnintelligible):
        read_gaussians(broken)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    values = np.arange(2 * 3 * 4 * 13, dtype=np.float64).reshape(2, 3, 4, 13)
    write_gaussians(tmp_path / "means", values)
    assert np.array_equal(read_gaussians(tmp_path / "means"), values)
