"""Two servers that know each other, for as long as they are needed.

Holds their settings and the way to ask them (HTTP, so that no driver is needed). Knows no facts.
"""

import contextlib
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

CLUSTER = "two"
SECONDS = 60
_CONFIG = """<yandex>
  <logger><level>warning</level><log>{folder}/server.log</log><errorlog>{folder}/errors.log</errorlog></logger>
  <http_port>{http}</http_port><tcp_port>{tcp}</tcp_port><interserver_http_port>{inter}</interserver_http_port>
  <listen_host>127.0.0.1</listen_host>
  <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path>
  <users_config>{folder}/users.xml</users_config>
  <default_profile>default</default_profile><default_database>default</default_database>
  <mark_cache_size>67108864</mark_cache_size>
  <remote_servers><{cluster}>{shards}</{cluster}></remote_servers>
</yandex>"""
_SHARD = "<shard><replica><host>127.0.0.1</host><port>{tcp}</port></replica></shard>"
_USERS = """<yandex>
  <profiles><default><max_memory_usage>1000000000</max_memory_usage></default></profiles>
  <users><default><password></password><networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile><quota>default</quota></default></users>
  <quotas><default></default></quotas>
</yandex>"""


class Server:
    """One server, by its HTTP port."""

    def __init__(self, http: int):
        self.address = f"http://127.0.0.1:{http}/"

    def ask(self, sql: str, body: str = "") -> list[list[str]]:
        """The rows of a statement, as text; `body` is what an insert takes in. Raises RuntimeError."""
        query = urllib.parse.urlencode({"query": sql})
        try:
            with urllib.request.urlopen(f"{self.address}?{query}", (body or " ").encode(), SECONDS) as answer:
                return [line.split("\t") for line in answer.read().decode().splitlines()]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{error.read().decode()[:500]}\n{sql}") from None


@contextlib.contextmanager
def two(folder: Path) -> Iterator[tuple[Server, Server]]:
    """Both servers, started and reachable; they are ended afterwards."""
    binary = shutil.which("clickhouse-server")
    if binary is None:
        raise SystemExit("clickhouse-server is not installed: apt-get install clickhouse-server")
    ports = [_free(3) for _ in range(2)]
    shards = "".join(_SHARD.format(tcp=tcp) for _http, tcp, _inter in ports)
    with contextlib.ExitStack() as stack:
        for number, (http, tcp, inter) in enumerate(ports):
            own = folder / str(number)
            own.mkdir()
            told = {"folder": own, "http": http, "tcp": tcp, "inter": inter}
            (own / "config.xml").write_text(_CONFIG.format(**told, cluster=CLUSTER, shards=shards))
            (own / "users.xml").write_text(_USERS)
            command = [binary, f"--config-file={own / 'config.xml'}"]
            with (own / "out").open("w") as out:
                process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=own)
            stack.callback(_end, process)
        servers = tuple(Server(http) for http, _tcp, _inter in ports)
        for server in servers:
            _wait(server)
        yield servers


def _free(count: int) -> list[int]:
    """Ports that nobody listens at."""
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in found:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in found]


def _wait(server: Server) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError, RuntimeError):
            server.ask("SELECT 1")
            return
        time.sleep(0.2)
    raise SystemExit(f"no server answers at {server.address}")


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
        return
    process.kill()
