"""Exports: settings for another computer, a table, configuration for Prometheus. No secret leaves by any of them."""

from manara.catalog.exports.csv_table import export_csv
from manara.catalog.exports.exported import Exported, Remark, Warned, warning_sentence
from manara.catalog.exports.prometheus import export_prometheus
from manara.catalog.exports.settings_toml import export_toml

__all__ = [
    "Exported",
    "Remark",
    "Warned",
    "export_csv",
    "export_prometheus",
    "export_toml",
    "warning_sentence",
]
