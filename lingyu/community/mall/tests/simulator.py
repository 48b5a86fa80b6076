"""A supplier to test with: a server on this machine that answers as it is told and remembers what it heard.

Holds `Simulator`. It delivers an idempotency key once, as a real one should, and counts its questions.
"""

import json
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lingyu.community.mall.suppliers import signing


class Simulator:
    """`answers` are taken one after the other, the last one for ever: (status, body) or seconds to wait.

    With `drips`, a head of so many lines comes before the body, one line in a tenth of a second.
    """

    def __init__(self):
        self.secret = ""
        self.answers = [(200, {"state": "delivered"})]
        self.asked: list[dict] = []
        self.delivered: set[str] = set()
        self.forged = self.drips = self.dripped = 0

    def __enter__(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                outer._answer(self)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/deliver"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        at, signature = request.headers[signing.TIME], request.headers[signing.SIGNATURE]
        if not signing.genuine(self.secret, at, signature, body):
            self.forged += 1
        self.asked.append(json.loads(body) | {"idempotency": request.headers["Idempotency-Key"]})
        next_one = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(next_one, int | float):
            time.sleep(next_one)
            next_one = (200, {"state": "delivered"})
        status, said = next_one
        if isinstance(said, dict) and said.get("state") == "delivered":
            self.delivered.add(request.headers["Idempotency-Key"])
        raw = said if isinstance(said, bytes) else json.dumps(said).encode()
        request.send_response(status)
        for name, value in {"Content-Length": str(len(raw)), "Location": "http://169.254.169.254/"}.items():
            request.send_header(name, value)
        # Whoever asked may have gone meanwhile.
        with suppress(OSError):
            for n in range(self.drips):
                request.send_header(f"X-Drip-{n}", "x")
                request.flush_headers()
                self.dripped += 1
                time.sleep(0.1)
            request.end_headers()
            request.wfile.write(raw)
