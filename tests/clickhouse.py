"""ClickHouse inside the process of the tests (chdb): one in a process, whoever asks."""

from collections.abc import Callable

import pytest

from tests.strict import IN_CI


@pytest.fixture(scope="session")
def clickhouse(tmp_path_factory) -> Callable:
    """Makes clients of ClickHouse inside this process (chdb); it knows one folder a process."""
    try:
        import chdb  # noqa: F401
        import clickhouse_connect
    except ImportError:
        if IN_CI:
            raise
        pytest.skip("chdb is not installed: pip install 'lingyu[test]'")
    folder = tmp_path_factory.mktemp("clickhouse")
    client = clickhouse_connect.get_client(interface="chdb", path=str(folder), database="default")
    yield lambda: client
    client.close()
