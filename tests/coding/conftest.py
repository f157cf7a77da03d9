"""One coder for all tests of this folder: loading words and weights is the dear part."""

from __future__ import annotations

import pytest

from isnad.coding import Coder


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()
