"""Floor 4: where the rooms are put together: settings, addresses, servers, commands, the demo.

The only floor that may import an operation.
"""
