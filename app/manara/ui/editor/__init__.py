"""Adding, changing, pausing and removing services; loaded when it is first wanted."""
