"""A judge on the loopback address: answers as told, and keeps what it was asked."""

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Fake:
    """`answers` are taken one after the other, the last again and again: a dict, a status, or seconds."""

    def __init__(self):
        self.answers, self.asked, self.url = [], [], ""

    def next(self):
        """The answer to the next question."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def says(decision, *grounds, uncertain=False, tokens=50):
    """An answer in the form of the protocol; a ground is (item, score, evidence)."""
    verdicts = [{"item": i, "score": s, "evidence": e, "rationale": "…"} for i, s, e in grounds]
    content = json.dumps({"verdicts": verdicts, "decision": decision, "uncertain": uncertain})
    return {"choices": [{"message": {"content": content}}], "usage": {"total_tokens": tokens}}


def scores(*results):
    """An answer of the moderations protocol; a result is categories with scores, flagged from .5."""
    told = [
        {
            "flagged": any(score >= 0.5 for score in one.values()),
            "categories": {name: score >= 0.5 for name, score in one.items()},
            "category_scores": one,
        }
        for one in results
    ]
    return {"id": "modr-1", "model": "fake", "results": told}


@contextmanager
def judge():
    """A running fake."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fake.asked.append((dict(self.headers), json.loads(body)))
            answer = fake.next()
            if isinstance(answer, float):
                time.sleep(answer)
                answer = says("pass")
            status, answer = (answer, {}) if isinstance(answer, int) else (200, answer)
            data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", fake.url + "/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(data)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
