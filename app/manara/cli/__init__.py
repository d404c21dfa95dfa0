"""The terminal: arguments, commands and how things look on a text screen. Knows rich; no Qt, no sockets."""
