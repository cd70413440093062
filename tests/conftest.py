"""The miniature datasets, assembled from the real package description and the rows of `tests/tiny/`."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from eldercare import store
from eldercare.data import build
from eldercare.store import Store

# Releases made on this machine are none of the tests' business; servers started by tests inherit this.
os.environ["ELDERCARE_HOME"] = tempfile.mkdtemp(prefix="eldercare-home-")
os.environ.pop("ELDERCARE_INTAKE", None)

# How long an example takes says something about the machine, not about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

HERE = Path(__file__).resolve().parent
DATASETS = HERE.parent / "datasets"


def assemble(folder: Path) -> Path:
    """A complete datasets folder: the real `datapackage.json` beside invented rows."""
    folder.mkdir()
    shutil.copy(DATASETS / "datapackage.json", folder)
    for path in (HERE / "tiny").rglob("*.csv"):
        target = folder / path.relative_to(HERE / "tiny")
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A miniature of `datasets/` that a test may break."""
    return assemble(tmp_path / "datasets")


@pytest.fixture(scope="session")
def tiny_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store on the miniature, built once for all processes, as the real data is; read only."""
    store = Store(assemble(tmp_path_factory.mktemp("tiny_store") / "datasets"), build.BUILD_DIR)
    store.refresh()
    return store


@pytest.fixture(scope="session")
def real() -> Store:
    """A store on the real data, built once; read only."""
    opened = Store(DATASETS, build.BUILD_DIR)
    opened.refresh()
    return opened


@pytest.fixture
def real_data(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages and decks ask the real data, whatever a test before it asked."""
    monkeypatch.delenv("ELDERCARE_DATASETS", raising=False)
    store.current.cache_clear()
    yield
    store.current.cache_clear()


@pytest.fixture
def tiny_data(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages and decks ask the miniature."""
    monkeypatch.setenv("ELDERCARE_DATASETS", str(tiny))
    store.current.cache_clear()
    yield
    store.current.cache_clear()
