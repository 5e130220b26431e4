"""Telemetry: structured log records; the instruments are bound by whoever uses them."""
