"""An inbox and writers of it, for tests."""

import contextlib

from lingyu.store.inbox import Inbox, Row, Writer


def row(number: int, size: int = 20) -> Row:
    """A request that can be told from others."""
    body = f"{number}:".encode().ljust(size, b".")
    return Row("s", "lingyu", number, "", "agent", "v", 1, "POST", "/l/e", b"{}", body)


@contextlib.contextmanager
def writing_to(inbox: Inbox, **more):
    """A writer that is stopped in the end."""
    writer = Writer(inbox, **more).start()
    try:
        yield writer
    finally:
        writer.stop()


def numbers(inbox: Inbox, after=None) -> list[int]:
    """The numbers of the rows that can be read."""
    return [r.received_at for r in inbox.read(after)]
