"""Our own connection as the alerts see it: its loss is told once and quietly, and so is its return."""

from datetime import datetime, timedelta

from manara.model import Line, LineState


class OwnLine:
    """What is known of our own connection, and what was told of it."""

    def __init__(self) -> None:
        self.told: int | None = None
        """The number of the notice that told of its loss; None while none stands."""
        self.return_is_news = False
        """Whether somebody was awake from the loss on."""
        self._lost: datetime | None = None
        self._back: datetime | None = None
        self._state = LineState.UNKNOWN

    @property
    def offline(self) -> bool:
        """Whether it is known to be lost now."""
        return self._state is LineState.OFFLINE

    @property
    def stands(self) -> bool | None:
        """Whether it works; None if that is not known."""
        return None if self._state is LineState.UNKNOWN else self._state is LineState.ONLINE

    @property
    def lasted(self) -> timedelta | None:
        """How long it was lost the last time."""
        return self._back - self._lost if self._back and self._lost else None

    @property
    def has_news(self) -> bool:
        """Whether what was told of it is no longer so."""
        return self.stands is not None and self.stands == (self.told is not None)

    def take(self, line: Line, now: datetime) -> None:
        """Take over what is known now."""
        self._state = line.state
        if self.offline:
            if self._back is not None or not self.return_is_news:
                self._lost, self._back = line.at or now, None
            self.return_is_news = True
        elif self.stands:
            self._back = self._back or line.at or now

    def nobody_looked(self) -> None:
        """Nobody was awake: whether it came back meanwhile, nobody knows."""
        self.return_is_news = False
