#!/usr/bin/env python3
"""`lingyu`, from a checkout."""

from lingyu.config.cli import main

if __name__ == "__main__":
    main()
