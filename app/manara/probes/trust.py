"""Whom TLS trusts: shared contexts, since building one costs more than a whole check."""
