"""Our own connection as the alerts see it: its loss is told once and quietly, and so is its return.

A network that wants a sign-in is a loss, too, with words of its own; one takes the place of the other.
"""

from datetime import datetime, timedelta

from manara.model import Line, LineState, NoticeKind

_LOSSES = {LineState.OFFLINE: NoticeKind.OFFLINE, LineState.CAPTIVE: NoticeKind.SIGN_IN_WANTED}


class OwnLine:
    """What is known of our own connection, and what was told of it."""

    def __init__(self) -> None:
        self.told: int | None = None
        """The number of the notice that told of its loss; None while none stands."""
        self.told_loss: NoticeKind | None = None
        """As what its loss was told; None while none stands."""
        self.return_is_news = False
        """Whether somebody was awake from the loss on."""
        self._lost: datetime | None = None
        self._back: datetime | None = None
        self.line = Line()

    @property
    def loss(self) -> NoticeKind | None:
        """As what its loss is to be told now; None unless it is known to be lost."""
        return _LOSSES.get(self.line.state)

    @property
    def lost(self) -> bool:
        """Whether it is known to be lost now."""
        return self.loss is not None

    @property
    def stands(self) -> bool | None:
        """Whether it works; None if that is not known."""
        return None if self.line.state is LineState.UNKNOWN else not self.lost

    @property
    def sign_in_url(self) -> str:
        """Where a sign-in can be given that is wanted."""
        return self.line.sign_in_url

    @property
    def lasted(self) -> timedelta | None:
        """How long it was lost the last time."""
        return self._back - self._lost if self._back and self._lost else None

    @property
    def has_news(self) -> bool:
        """Whether what was told of it is no longer so."""
        return self.stands is not None and self.loss is not self.told_loss

    def take(self, line: Line, now: datetime) -> None:
        """Take over what is known now."""
        self.line = line
        if self.lost:
            if self._back is not None or not self.return_is_news:
                self._lost, self._back = line.at or now, None
            self.return_is_news = True
        elif self.stands:
            self._back = self._back or line.at or now

    def tell(self, number: int | None) -> None:
        """Take note that its loss was told under a number; None: that no such notice stands any more."""
        self.told = number
        self.told_loss = None if number is None else self.loss

    def nobody_looked(self) -> None:
        """Nobody was awake: whether it came back meanwhile, nobody knows."""
        self.return_is_news = False
