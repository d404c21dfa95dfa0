"""Manara: a desktop status monitor that tells whether it is you or them."""

__version__ = "0.1.0"
