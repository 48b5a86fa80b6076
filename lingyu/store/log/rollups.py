"""Sessions and orders of a day, by SQL over its facts: for conversion, attribution and revenue.

A session is what one person does at one source with no pause of 30 minutes, within one day of the log's
zone; a new campaign begins another one. An order is what facts with an order's number and a sum say of
it: the first one that is not negative is its payment, told again it is the same; negative ones are
refunds, each once.
"""

PAUSE_MINUTES = 30

# `facts`, `join`, `person` and `events` are put in by `derived`.
SELECTS = {
    "sessions": f"""
    WITH seen AS (
        SELECT {{person}} AS person, f.source, f.time, f.event, f.host, f.path, f.referrer,
               f.utm_source, f.utm_medium, f.utm_campaign
        FROM {{facts}} f {{join}} WHERE f.person > 0 AND NOT f.bot AND {{events}}
    ), marked AS (
        SELECT *, (lag(time) OVER way IS NULL
            OR time - lag(time) OVER way > INTERVAL {PAUSE_MINUTES} MINUTE
            OR (utm_source IS NOT NULL AND (utm_source, utm_medium, utm_campaign) IS DISTINCT FROM
                lag((utm_source, utm_medium, utm_campaign)) OVER way
                AND path IS DISTINCT FROM lag(path) OVER way))::INT AS begins
        FROM seen WINDOW way AS (PARTITION BY person, source ORDER BY time, event)
    ), numbered AS (
        SELECT *, sum(begins) OVER (PARTITION BY person, source ORDER BY time, event ROWS UNBOUNDED PRECEDING)
            AS session FROM marked
    )
    SELECT person, source, min(time) AS began, max(time) AS ended, count(*)::UINTEGER AS events,
           arg_min(host, time) AS host, arg_min(path, time) AS entry, arg_max(path, time) AS exit,
           arg_min(referrer, time) AS referrer, arg_min(utm_source, time) AS utm_source,
           arg_min(utm_medium, time) AS utm_medium, arg_min(utm_campaign, time) AS utm_campaign
    FROM numbered GROUP BY person, source, session ORDER BY person, began
    """,
    "orders": """
    SELECT {person} AS person, f.source, f.time, f.event, f.order_ref, f.currency, f.amount
    FROM {facts} f {join} WHERE NOT f.bot AND f.amount IS NOT NULL AND {events}
    ORDER BY f.time, f.order_ref, f.event
    """,
}
