"""What is read before the first caller may be read for any business."""

from datetime import UTC, datetime

import pytest

from offhook.calls.agents import safe_business
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.profession_file import profession_names
from offhook.receptionist.warming import warm_up

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize("profession", profession_names())
def test_every_trade_and_its_safe_receptionist_can_be_warmed(profession: str) -> None:
    warm_up(demo_business(profession), NOW)
    warm_up(safe_business("Somebody", profession), NOW)
