"""How the requests that `sending` makes are read into facts. Not one that anybody can send."""

import msgspec

from lingyu.kernel.facts import Link, Reading, reader

from ..making import NAME_LIMIT, Making
from ..times import from_number

CODE = "table"


@reader(CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    for number, (message, name, at, person, visitor, properties) in enumerate(msgspec.json.decode(row.body)):
        text = making.text(name, "event", NAME_LIMIT)
        user = making.key("user", person, "person")
        own = making.key("anonymous", visitor, "visitor")
        if not text:
            making.refuse("name_missing", f"[{number}]", sample=name)
            continue
        making.add(
            text,
            raw=message,
            at=from_number(at, "us"),
            message=message,
            keys=user + own,
            properties=making.properties(properties),
            link=Link("identify") if user and own else None,
        )
    return making.done()
