"""Prometheus with blackbox_exporter: jobs that scrape `/probe` name targets and modules, each pair is a check.

The targets may stand in files of their own, and the modules in the exporter's file; both are looked for beside the
configuration, never elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from manara.catalog.imports.blackbox import guessed_module, set_probe
from manara.catalog.imports.draft import Draft, set_interval, set_timeout
from manara.catalog.imports.durations import seconds_of
from manara.catalog.imports.preview import Note, Why
from manara.catalog.imports.refusal import ImportRefused
from manara.catalog.imports.values import table_in, tables_in, text_in, texts_in
from manara.catalog.tag_text import tags_of_text
from manara.catalog.targets import AddressRefused, check_of_address
from manara.settings import table_of_check
from manara.wording.translation import mark

_MODULE_LABELS = ("__param_module", "module")
_PLAIN_LABELS = frozenset({"name", "group", "tags", "id", "note", "paused", *_MODULE_LABELS})
_NAME_LABELS = ("name", "service", "instance")
_INTERVALS = ("__scrape_interval__", "__scrape_timeout__")
_MOST_TARGETS = 50_000

TargetFiles = Callable[[str], tuple[Sequence[dict[str, Any]], Sequence[Note]]]
"""Gives what the files of a pattern hold, and a note for each that was not read."""


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    modules: Sequence[str]
    interval_s: float | None
    timeout_s: float | None
    groups: Sequence[dict[str, Any]]


@dataclass(slots=True)
class _Count:
    """What was met so far, over all jobs."""

    targets: int = 0
    notes: list[Note] = field(default_factory=list)
    by_id: dict[str, Draft] = field(default_factory=dict)


def drafts_of_prometheus(
    document: Mapping[str, Any], modules: Mapping[str, Any], files: TargetFiles
) -> tuple[list[Draft], list[Note]]:
    """Return a draft for each target of each module of each job that probes."""
    count = _Count()
    drafts = [draft for job in _jobs(document, files, count) for draft in _drafts_of_job(job, modules, count)]
    notes = list(dict.fromkeys(count.notes))
    if document.get("alerting") or document.get("rule_files"):
        notes.append(Note(Why.ALERTING, "alerting, rule_files"))
    return drafts, notes


def drafts_of_targets(groups: Sequence[dict[str, Any]], modules: Mapping[str, Any]) -> tuple[list[Draft], list[Note]]:
    """Return a draft for each target of a file of targets, whose labels alone may say how to look."""
    count = _Count()
    return list(_drafts_of_job(_Job("", (), None, None, groups), modules, count)), count.notes


def _jobs(document: Mapping[str, Any], files: TargetFiles, count: _Count) -> Iterator[_Job]:
    usual = table_in(document.get("global"))
    for number, job in enumerate(tables_in(document.get("scrape_configs")), 1):
        name = text_in(job.get("job_name")) or f"scrape_configs {number}"
        if text_in(job.get("metrics_path")) != "/probe":
            count.notes.append(Note(Why.NOT_A_CHECK, name))
            continue
        groups = tables_in(job.get("static_configs"))
        for each in tables_in(job.get("file_sd_configs")):
            for pattern in texts_in(each.get("files")):
                found, notes = files(pattern)
                groups += found
                count.notes += notes
        others = [key for key in job if key.endswith("_sd_configs") and key != "file_sd_configs"]
        count.notes += [Note(Why.NOT_READ, f"{name}: {key}", "only targets in files are read") for key in others]
        yield _Job(
            name,
            texts_in(table_in(job.get("params")).get("module")),
            seconds_of(job.get("scrape_interval", usual.get("scrape_interval", "1m"))),
            seconds_of(job.get("scrape_timeout", usual.get("scrape_timeout"))),
            groups,
        )


def _drafts_of_job(job: _Job, modules: Mapping[str, Any], count: _Count) -> Iterator[Draft]:
    for group in job.groups:
        labels = {name: text_in(value) for name, value in table_in(group.get("labels")).items()}
        named = next((labels[name] for name in _MODULE_LABELS if labels.get(name)), "")
        for target in texts_in(group.get("targets")):
            for module in [named] if named else job.modules or [""]:
                count.targets += 1
                if count.targets > _MOST_TARGETS:
                    raise ImportRefused(mark("There are more than {limit} targets."), limit=_MOST_TARGETS)
                draft = _draft_of(job, labels, _shown(target, module, job), f"target {count.targets}")
                _set_check(draft, draft.checks[0], target, module, modules)
                same = count.by_id.setdefault(draft.id, draft)
                if draft.id and same is not draft and same.name == draft.name:
                    # Manara's own export has a target for each check.
                    same.checks += draft.checks
                    same.notes += draft.notes
                else:
                    yield draft


def _draft_of(job: _Job, labels: Mapping[str, str], shown: str, source: str) -> Draft:
    """Return a draft of all but the way to look at the target."""
    name = next((labels[each] for each in _NAME_LABELS if labels.get(each)), "")
    draft = Draft(name or shown, source, group=labels.get("group", "" if "id" in labels else job.name))
    draft.id = labels.get("id", "")
    draft.about = labels.get("note", "")
    draft.paused = labels.get("paused") == "true"
    draft.tags = tags_of_text(labels.get("tags", ""))
    draft.tags += [
        f"{key}: {value}"
        for key, value in labels.items()
        if key not in _PLAIN_LABELS and not key.startswith("__") and value != name
    ]
    check: dict[str, Any] = {}
    interval, timeout = (seconds_of(labels.get(label)) for label in _INTERVALS)
    set_interval(draft, check, interval or job.interval_s, "scrape_interval")
    set_timeout(draft, check, timeout or job.timeout_s, "scrape_timeout")
    draft.came("targets", "labels", "module")
    draft.checks.append(check)
    return draft


def _set_check(draft: Draft, check: dict[str, Any], target: str, module: str, modules: Mapping[str, Any]) -> None:
    known = table_in(modules.get(module))
    if not known and module:
        known = guessed_module(module) or {}
        draft.lost(Why.GUESSED if known else Why.UNKNOWN_TYPE, module, text_in(known.get("prober")) or module)
    if known:
        set_probe(draft, check, known, target)
        return
    try:
        check |= table_of_check(check_of_address(target))
    except AddressRefused as refused:
        draft.lost(Why.UNUSABLE_ADDRESS, detail=refused)
        check |= draft.nowhere()


def _shown(target: str, module: str, job: _Job) -> str:
    return f"{target} ({module})" if len(job.modules) > 1 else target
