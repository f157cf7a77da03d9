"""A site on loopback with one good page, for the tests that fetch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.ingest.server.site import Site
from tests.ingest.server.tools import GOOD


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        site.routes["/good"] = GOOD
        yield site
