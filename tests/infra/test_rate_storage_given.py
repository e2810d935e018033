"""The server that is to count requests is asked before anything is built upon it."""

import threading

import pytest
from limits.storage import MemoryStorage

from infra.local import given_servers
from infra.local.failure import CannotStart
from infra.local.given_servers import check_rate_storage
from shared.kernel.settings import SettingError


class HealthyServer(MemoryStorage):
    """Answers."""

    STORAGE_SCHEME = ("healthy-server",)


class SilentServer(MemoryStorage):
    """Lets nobody in."""

    STORAGE_SCHEME = ("silent-server",)

    def check(self) -> bool:
        return False


class BrokenServer(MemoryStorage):
    """Makes its library fail."""

    STORAGE_SCHEME = ("broken-server",)

    def check(self) -> bool:
        raise ConnectionResetError


class EndlessServer(MemoryStorage):
    """Takes a question and never answers."""

    STORAGE_SCHEME = ("endless-server",)

    def check(self) -> bool:
        return threading.Event().wait(60)


@pytest.mark.parametrize("address", ["memory://", "healthy-server://"])
def test_a_server_that_answers_will_do(address: str) -> None:
    check_rate_storage(address)


@pytest.mark.parametrize("scheme", ["silent-server", "broken-server", "endless-server"])
def test_a_server_that_does_not_answer_is_refused(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given_servers, "PATIENCE_SECONDS", 0.2)
    with pytest.raises(CannotStart, match="ATRIUM_RATE_STORAGE names does not answer") as refused:
        check_rate_storage(f"{scheme}://x:hidden@127.0.0.1:1")
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize("address", ["localhost:6379", "memory", "async+memory://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(SettingError, match="ATRIUM_RATE_STORAGE"):
        check_rate_storage(address)
