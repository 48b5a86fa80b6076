"""The vendors' own SDKs, unmodified, against a collector that really runs.

`test_python` is part of the suite. `python -m tests.sdks` also installs those for Node and browsers into a
temporary folder and lets them send: what it needs from outside is never kept here.
"""
