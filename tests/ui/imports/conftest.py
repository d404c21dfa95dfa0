"""A monitor in memory with three services, and windows that bring more along."""

import pytest

from manara.ui.imports.import_dialog import ImportDialog

GATUS = """
endpoints:
- name: Front page
  group: Web
  url: https://front.example/
  interval: 30s
  conditions: ["[STATUS] == 200"]
- name: Blog
  url: https://blog.example/
- name: Twice
  url: https://twice.example/
- name: Twice
  url: https://twice.example/
- name: Bastion
  url: ssh://bastion.example:22
alerting:
  slack: {webhook-url: "https://hooks.example/x"}
"""


@pytest.fixture
def gatus(tmp_path):
    """A file with one of everything that can become of a service."""
    path = tmp_path / "config.yaml"
    path.write_text(GATUS)
    return path


@pytest.fixture
def open_import(qtbot, around):
    """Opens the window for a source and waits until it has read it."""

    def open_it(source, *, wait=True):
        window = ImportDialog(around, source)
        window.told_done = []
        window.saved.connect(lambda told, _undo: window.told_done.append(told))
        qtbot.addWidget(window)
        window.show()
        if wait:
            qtbot.waitUntil(lambda: not window.is_busy)
        return window

    return open_it
