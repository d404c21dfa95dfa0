"""Bringing services along from other programs, and taking them elsewhere: the windows for it."""
