"""Whisper weights of random numbers in CTranslate2's format: they prove files, tokens and decoding, not recognition."""

import importlib
import json
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np

_WIDTH, _INNER = 64, 128
_LANGUAGES = 99


def write_weights(folder: Path) -> Path:
    """A model of one layer, its tokenizer and its features."""
    spec: Any = ctranslate2.specs.whisper_spec.WhisperSpec(1, 2, 1, 2)
    tokens = _tokens()
    _Filler().fill(spec, len(tokens))
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.config.lang_ids = [tokens.index("<|en|>")]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(exist_ok=True)
    spec.save(str(folder))
    _write_tokenizer(folder, tokens)
    return folder


class _Filler:
    """Fills a specification with small random numbers, the same every time."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(1)

    def fill(self, spec: Any, tokens: int) -> None:
        for conv, into in ((spec.encoder.conv1, 80), (spec.encoder.conv2, _WIDTH)):
            conv.weight, conv.bias = self._some(_WIDTH, into, 3), self._some(_WIDTH)
        spec.encoder.position_encodings.encodings = self._some(1500, _WIDTH)
        spec.decoder.embeddings.weight = self._some(tokens, _WIDTH)
        spec.decoder.position_encodings.encodings = self._some(448, _WIDTH)
        spec.decoder.projection.weight = spec.decoder.embeddings.weight
        spec.decoder.scale_embeddings = False
        for side in (spec.encoder, spec.decoder):
            self._norm(side.layer_norm)
            for layer in side.layer:
                self._norm(layer.self_attention.layer_norm)
                self._linear(layer.self_attention.linear[0], 3 * _WIDTH, _WIDTH)
                self._linear(layer.self_attention.linear[1], _WIDTH, _WIDTH)
                self._norm(layer.ffn.layer_norm)
                self._linear(layer.ffn.linear_0, _INNER, _WIDTH)
                self._linear(layer.ffn.linear_1, _WIDTH, _INNER)
        for layer in spec.decoder.layer:
            self._norm(layer.attention.layer_norm)
            for part, out in zip(layer.attention.linear, (_WIDTH, 2 * _WIDTH, _WIDTH), strict=True):
                self._linear(part, out, _WIDTH)

    def _some(self, *shape: int) -> Any:
        return (self._random.standard_normal(shape) * 0.05).astype(np.float32)

    def _norm(self, part: Any) -> None:
        part.gamma, part.beta = np.ones(_WIDTH, np.float32), np.zeros(_WIDTH, np.float32)

    def _linear(self, part: Any, out: int, into: int) -> None:
        part.weight, part.bias = self._some(out, into), self._some(out)


def _tokens() -> list[str]:
    tokenizers: Any = importlib.import_module("tokenizers")
    alphabet = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    plain = [*alphabet, *(f"filler{number}" for number in range(50257 - len(alphabet)))]
    languages = ["<|en|>", *(f"<|l{number}|>" for number in range(1, _LANGUAGES))]
    tasks = ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
    times = [f"<|{number * 0.02:.2f}|>" for number in range(1501)]
    return [*plain, "<|endoftext|>", "<|startoftranscript|>", *languages, *tasks, *times]


def _write_tokenizer(folder: Path, tokens: list[str]) -> None:
    tokenizers: Any = importlib.import_module("tokenizers")
    numbers = {token: at for at, token in enumerate(tokens) if not token.startswith("<|")}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=numbers, merges=[]))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    special = [tokenizers.AddedToken(token, special=True) for token in tokens if token.startswith("<|")]
    tokenizer.add_special_tokens(special)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": 80}))
