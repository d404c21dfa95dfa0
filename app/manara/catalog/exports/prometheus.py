"""Services for Prometheus with blackbox_exporter: targets, the modules that say how to look, and the job for both."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import yaml

from manara.catalog.exports.blackbox import module_of, target_of
from manara.catalog.exports.exported import Exported, Remark, Warned
from manara.catalog.exports.secrets import without_secrets
from manara.catalog.tag_text import text_of_tags
from manara.model import Check, Service
from manara.settings import Settings, duration_text

_JOB = """\
# Manara's services for Prometheus. Put blackbox.yml where blackbox_exporter reads it, and targets.yml beside this file.
scrape_configs:
  - job_name: manara
    metrics_path: /probe
    file_sd_configs:
      - files: [targets.yml]
    relabel_configs:
      - source_labels: [paused]
        regex: "true"
        action: drop
      - source_labels: [__address__]
        target_label: __param_target
      - source_labels: [__param_target]
        target_label: instance
      - target_label: __address__
        replacement: 127.0.0.1:9115 # where blackbox_exporter listens
"""


def export_prometheus(settings: Settings) -> Exported:
    """Return `prometheus.yml`, `targets.yml` and `blackbox.yml`, and what these cannot say."""
    services, warnings = without_secrets(settings.services)
    modules: dict[str, dict[str, Any]] = {}
    groups = []
    unsaid: list[Warned] = []
    for service in services:
        for check in service.checks:
            target = target_of(check)
            if target is None:
                unsaid.append(Warned(Remark.NO_TARGET, check.target, service.id))
                continue
            module, left_out = module_of(check)
            unsaid += [Warned(Remark.LEFT_OUT, option, service.id) for option in left_out]
            name = _name_of(module, modules)
            groups.append({"targets": [target], "labels": dict(_labels(service, check, name))})
    files = {
        "prometheus.yml": _JOB,
        "targets.yml": _dumped(groups),
        "blackbox.yml": _dumped({"modules": modules}),
    }
    return Exported(files, (*warnings, *unsaid))


def _name_of(module: dict[str, Any], modules: dict[str, dict[str, Any]]) -> str:
    """Return the name of a module, a new one where no other says the same."""
    same = next((name for name, known in modules.items() if known == module), None)
    if same is None:
        prober = module["prober"]
        same = f"{prober}_{sum(name.startswith(prober) for name in modules) + 1}"
        modules[same] = module
    return same


def _labels(service: Service, check: Check, module: str) -> Iterator[tuple[str, str]]:
    yield "__param_module", module
    yield "__scrape_interval__", _duration(check.interval)
    yield "__scrape_timeout__", _duration(check.timeout)
    labels: Mapping[str, str] = {
        "id": service.id,
        "name": service.name,
        "group": service.group,
        "tags": text_of_tags(service.tags),
        "note": service.note,
        "paused": "true" if service.paused else "",
    }
    yield from ((name, value) for name, value in labels.items() if value)


def _duration(length: timedelta) -> str:
    """Return a duration as Prometheus reads it, which knows no decimal points."""
    text = duration_text(length)
    return f"{length // timedelta(milliseconds=1)}ms" if "." in text else text


class _Dumper(yaml.CSafeDumper):
    """Also quotes the texts that only newer readers (YAML 1.2, and Prometheus' own) take for numbers: `0E0`, `08`."""


_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"),
    list("-+.0123456789"),
)


def _dumped(document: Any) -> str:
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)
    return text
