"""When to tell the user of what: pure rules from events to notices. Knows neither windows nor channels nor the disk."""

from manara.alerts.alerts import Alerts

__all__ = ["Alerts"]
