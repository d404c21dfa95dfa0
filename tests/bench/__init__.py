"""Measurements: `make bench` prints them as a table. They are ratios within one run and never fail a test."""
