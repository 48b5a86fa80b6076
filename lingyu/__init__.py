"""Lingyu (翎羽): one self-hosted platform for operations teams."""

__version__ = "0.1.0"
