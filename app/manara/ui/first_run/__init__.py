"""The first minutes: choosing what to watch from the catalogue and from addresses of one's own."""
