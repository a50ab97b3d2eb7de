"""Encoders: a model on this machine that turns texts into vectors. Adapters for sentence-transformers, onnxruntime, model2vec.

No model is downloaded: a name that is not here is an error. Which languages a model knows is read from its own card.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from stemma.errors import BadUsage, MissingPart, install

Vectors = NDArray[np.float32]

TOKENS = 256  # read of each text: what the common small models were trained on
BATCH = 32  # texts encoded at once; changes only the speed
INSTALL = install("semantic")
CARD = "README.md"
# Set before a library is loaded: nothing leaves the machine, no model is fetched, and standard error is ours.
SILENT_AND_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error", "TQDM_DISABLE": "1"}


class Encoder(Protocol):
    """Anything with these two is an encoder. ``languages``: BCP 47 primary tags that it knows, None where it does not say."""

    languages: frozenset[str] | None

    def encode(self, texts: list[str]) -> Vectors:
        """One row for each text, float32."""
        ...


def load_encoder(name: str) -> Encoder:
    """The encoder of a folder, of an installed Python package that carries a model, or of a name that sentence-transformers
    has on this machine. Raises ``BadUsage`` where there is none, ``MissingPart`` where its library is not installed."""
    os.environ.update(SILENT_AND_OFFLINE)
    folder = _folder(name)
    if folder is None:
        return SentenceTransformers(name, None)
    languages = languages_of(folder)
    if _config(folder).get("model_type") == "model2vec":
        return Model2Vec(folder, languages)
    if (folder / "modules.json").exists():
        return SentenceTransformers(str(folder), languages)
    onnx = next((path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.exists()), None)
    if onnx and (folder / "tokenizer.json").exists():
        return Onnx(onnx, folder / "tokenizer.json", languages)
    raise BadUsage(
        f"{name} holds no model that is known here: give a folder with modules.json (sentence-transformers), with "
        "model.onnx and tokenizer.json, or of model2vec"
    )


def _folder(name: str) -> Path | None:
    """The folder of a model: the path itself, or that of an installed package of this name that carries one."""
    path = Path(name)
    if path.is_dir():
        return path
    package = name.replace("-", "_")
    spec = find_spec(package) if package.isidentifier() else None
    for home in (spec.submodule_search_locations or []) if spec else []:
        for folder in (Path(home), *sorted(p for p in Path(home).iterdir() if p.is_dir())):
            if (folder / "config.json").exists():
                return folder
    return None


def _config(folder: Path) -> dict[str, Any]:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return config if isinstance(config, dict) else {}


def languages_of(folder: Path) -> frozenset[str] | None:
    """The languages that the model's card names at its head: ``language: en``, or a list."""
    try:
        card = (folder / CARD).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    head = card.split("---", 2)[1] if card.startswith("---") else ""
    found = re.search(r"^languages?:((?:[ \t]*[^\n]*)(?:\n[ \t]*-[^\n]*)*)", head, re.MULTILINE)
    tags = re.findall(r"\b[a-z]{2,3}\b", found.group(1)) if found else []
    return frozenset(tags) or None


class SentenceTransformers:
    """A model of sentence-transformers, by folder or by a name that is in its cache on this machine."""

    def __init__(self, name: str, languages: frozenset[str] | None) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingPart(
                f"{name} is no folder and no installed model, or needs sentence-transformers, which is not installed: {INSTALL}"
            ) from error
        try:
            self._model = SentenceTransformer(name, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise BadUsage(
                f"no model is called {name!r} on this machine, and none is downloaded: give the folder that holds it"
            ) from error
        with suppress(AttributeError):  # static models read everything
            self._model.max_seq_length = min(TOKENS, self._model.max_seq_length or TOKENS)
        self.languages = languages

    def encode(self, texts: list[str]) -> Vectors:
        found = self._model.encode(texts, batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(found, dtype=np.float32)


class Model2Vec:
    """A static model of model2vec: a vector for each token, averaged."""

    def __init__(self, folder: Path, languages: frozenset[str] | None) -> None:
        try:
            from model2vec import StaticModel
        except ImportError as error:
            raise MissingPart(f"{folder} needs model2vec, which is not installed: pip install model2vec") from error
        self._model = StaticModel.from_pretrained(folder)
        self.languages = languages

    def encode(self, texts: list[str]) -> Vectors:
        return np.asarray(self._model.encode(texts), dtype=np.float32)


class Onnx:
    """A transformer exported to ONNX: the mean of its token vectors. Runs on one thread, so that sums have one order."""

    def __init__(self, model: Path, tokenizer: Path, languages: frozenset[str] | None) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingPart(
                f"{model} needs onnxruntime and tokenizers: pip install onnxruntime tokenizers"
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(TOKENS)
        self._tokenizer.enable_padding()
        self._inputs = [one.name for one in self._session.get_inputs()]
        self.languages = languages

    def encode(self, texts: list[str]) -> Vectors:
        parts = [self._part(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
        return np.concatenate(parts).astype(np.float32)

    def _part(self, texts: list[str]) -> Vectors:
        tokens = self._tokenizer.encode_batch(texts)
        held = {
            "input_ids": np.array([one.ids for one in tokens], dtype=np.int64),
            "attention_mask": np.array([one.attention_mask for one in tokens], dtype=np.int64),
            "token_type_ids": np.array([one.type_ids for one in tokens], dtype=np.int64),
        }
        out = self._session.run(None, {name: held[name] for name in self._inputs})[0]
        mask = held["attention_mask"][:, :, None].astype(np.float32)
        mean: Vectors = (out * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1e-9)
        return mean
