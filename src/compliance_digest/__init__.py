"""A static-site generator for digests of privacy enforcement actions."""

__version__ = "0.1.0"
