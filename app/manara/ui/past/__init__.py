"""The history window: what was measured of a service, over any time. Pure files decide, widgets only show."""
