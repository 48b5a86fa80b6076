"""Members at their browsers: they send the comment form over HTTP and remember what was acknowledged.

A form whose answer never came is sent again, as people do; it carries its id, so it is the same
comment however often it arrives.
"""

import threading
from collections import deque

import httpx

from lingyu.kernel.ids import uuid7

TOKEN = "x" * 32


class Clients:
    """Threads that post until `stop()`; `acknowledged` holds the ids whose answer said so."""

    def __init__(self, form: str, sessions: list[str]):
        self.form, self.acknowledged = form, set()
        self.unanswered: deque[str] = deque()
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._post_on, args=(key,), daemon=True) for key in sessions]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let each finish the form in hand."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _post_on(self, session: str) -> None:
        cookies = {"sessionid": session, "csrftoken": TOKEN}
        again: deque[str] = deque()
        with httpx.Client(cookies=cookies, timeout=10) as browser:
            while not self._stopped.is_set():
                comment = again.popleft() if again else str(uuid7())
                if not self._post(browser, comment):
                    again.append(comment)
                    self._stopped.wait(0.05)
        self.unanswered.extend(again)

    def _post(self, browser: httpx.Client, comment: str) -> bool:
        """Whether the comment was acknowledged: the site leads back to the article where it stands."""
        fields = {"csrfmiddlewaretoken": TOKEN, "id": comment, "body": "写在断电之前。"}
        try:
            answer = browser.post(self.form, data=fields)
        except httpx.TransportError:
            return False
        if answer.status_code == 302 and comment in answer.headers["location"]:
            self.acknowledged.add(comment)
            return True
        if answer.status_code < 500:
            raise SystemExit(f"the comment form answered {answer.status_code}: {answer.text[:500]}")
        return False
