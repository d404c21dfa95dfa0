import gc

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from manara.ui.contrast import wants_high_contrast


def test_it_tells_what_the_desktop_tells_however_often_it_is_asked():
    hints = QGuiApplication.styleHints()
    told = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
    del hints

    for _ in range(3):
        gc.collect()
        assert wants_high_contrast() is told
