"""How official pages speak: one file for each dialect, each a pure function from an answer to what it tells."""
