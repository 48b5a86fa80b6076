"""`python -m lingyu`, the same as `lingyu`."""

from lingyu.config.cli import main

if __name__ == "__main__":
    main()
