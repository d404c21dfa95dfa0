"""Diagnosis: is it our own line, and what lies behind a failure."""

from manara.diagnosis.line import LineProver

__all__ = ["LineProver"]
