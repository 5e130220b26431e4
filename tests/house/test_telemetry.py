"""What is logged: every mishap with the same fields, and never what a caller said."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from offhook.providers.errors import ProviderUnavailable
from offhook.telemetry import log_to
from offhook.telephony.faults import Fault, log_fault

RECORD = {"kind", "severity", "room", "tenant", "call", "turn", "provider", "attempt", "done"}
SECRET = "my tooth hurts and my number is 2125550147"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    file = io.StringIO()
    log_to(file, "info")
    yield file
    structlog.reset_defaults()


def records(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_mishap_has_all_its_fields_whatever_was_given(written: io.StringIO) -> None:
    structlog.get_logger("offhook.calls").warning("call_interrupted", call="c1")
    structlog.get_logger("offhook.telephony").info("call_rejected", call="c2")
    mishap, note = records(written)
    assert mishap.keys() >= RECORD
    assert (mishap["kind"], mishap["severity"], mishap["room"], mishap["call"]) == (
        "call_interrupted",
        "warning",
        "calls",
        "c1",
    )
    assert "severity" not in note


def test_a_fault_of_a_line_names_the_call_by_our_name_and_by_the_carriers(written: io.StringIO) -> None:
    log_fault(Fault("malformed_message", "twilio", "It is.", "Mend it.", "skipped", call_sid="CA1", call_id="c1"))
    log_fault(Fault("refused_token", "twilio", "It is.", "Mend it.", "refused", call_sid="CA2"))
    told = [(record["call"], record["call_sid"]) for record in records(written)]
    assert told == [("c1", "CA1"), (None, "CA2")]


def test_an_exception_is_told_without_what_it_quotes(written: io.StringIO) -> None:
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise ExceptionGroup(SECRET, [error]) from error
    except ExceptionGroup:
        structlog.get_logger("offhook.calls").exception("call_failed", call="c1")
    [mishap] = records(written)
    assert SECRET not in written.getvalue()
    assert "ValueError" in mishap["exception"]
    assert any("test_telemetry.py" in line for line in mishap["exception"])


def test_our_own_errors_say_what_to_do(written: io.StringIO) -> None:
    try:
        raise ProviderUnavailable("openai", "HTTP 503", "Look at its status page.")
    except ProviderUnavailable:
        structlog.get_logger("offhook.calls").exception("reply_failed")
    [mishap] = records(written)
    assert mishap["exception"][-1].endswith("openai: HTTP 503. Look at its status page.")
