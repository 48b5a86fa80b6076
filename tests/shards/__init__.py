"""Two ClickHouse servers of Debian's 18.16 with a Distributed table, asked what their age allows. By hand.

`python -m tests.shards` starts both on the loopback, in a folder that goes away, and compares their answers
with the journeys' on the same facts. It needs Debian's `clickhouse-server`; it is no part of the suite.
"""
