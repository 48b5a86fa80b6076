"""One module a protocol. Each has the same three things:

`take(request, path)` looks at a request before it is kept and says what to answer (Taken), or raises Refused;
it checks what the answer depends on and no more. `refusal(refused)` is the answer in the words that the
SDK understands. `read(row)` reads a kept request into facts, as often as one likes.
Does not hold which path is whose: see `lingyu.collector.routing`.
"""

# The codes of all protocols, in the order in which the pages name them.
CODES = (
    "lingyu",
    "segment",
    "posthog",
    "sensors",
    "plausible",
    "umami",
    "matomo",
    "ga4",
    "mixpanel",
    "amplitude",
    "countly",
)
