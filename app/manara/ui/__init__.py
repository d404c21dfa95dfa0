"""The desktop program: tray and windows. The only room that knows Qt; it shows, and decides nothing."""
