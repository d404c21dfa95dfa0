"""The items of one lane of the chart: shades and strip in pixels, bands in seconds and milliseconds."""

from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from manara.model import Bucket, Verdict
from manara.ui.past.lane import Kind, Lane, middle, runs, shades, stack
from manara.ui.past.painting import (
    HEIGHTS,
    STRIP,
    STRIP_GAP,
    Stretch,
    fitted,
    paint_label_edge,
    paint_shade,
    paint_strip,
)
from manara.ui.past.palette import ChartColours
from manara.ui.past.time_map import TimeMap
