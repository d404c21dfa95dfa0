"""Incidents in the window: a line for each above the services, and a window with all that is known of them."""
