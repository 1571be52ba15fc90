"""Keep the tests honest: no network, no leftovers of the user, the same random examples every time."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from geo import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
_LOOPBACK = ("127.", "::1", "localhost")

# A test that fails on Tuesdays only is worse than one that never looks far: `--hypothesis-profile=search` looks anew.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, max_examples=100)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("same")


class NetworkUsedError(AssertionError):
    """Something under test opened a connection: the product works offline."""


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the root of the checkout."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's cache folder out of the tests, and the tests out of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(settings.CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whatever connects to another machine; loopback stays open for browsers and notebook kernels."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        host = str(address[0]) if isinstance(address, tuple) else ""
        if self.family in {socket.AF_INET, socket.AF_INET6} and not host.startswith(_LOOPBACK):
            message = f"a connection to {host!r} was opened"
            raise NetworkUsedError(message)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def plain_environment() -> dict[str, str]:
    """Give an environment for child processes in which neither this checkout nor a user's settings are found by chance."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST", "GEO_", "INCIDENT_MAPPER_SKIP"))}
    return {**kept, "PYTHONIOENCODING": "utf-8"}
