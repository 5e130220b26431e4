"""A business in a file: what is written for an example is read back, and every mistake is told."""

from pathlib import Path

import pytest

from offhook.receptionist.business_file import example, read_business_file
from offhook.receptionist.configuration import BadConfiguration
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.profession_file import profession_names

RIGHT = 'profession = "plumber"\nname = "Hudson"\nzone = "America/New_York"\n[hours]\nmonday = ["08:00-18:00"]\n'


@pytest.mark.parametrize("name", profession_names())
def test_the_example_of_a_trade_is_its_demo_business(name: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(example(demo_business(name), "+15185550142"))
    read = read_business_file(tmp_path / "mine.toml")
    assert (read.tenant, read.business, read.numbers) == ("mine", demo_business(name), ("+15185550142",))


def test_a_number_may_be_written_as_people_write_it(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('numbers = ["(518) 555-0142"]\ntenant = "hudson"\n' + RIGHT)
    read = read_business_file(tmp_path / "mine.toml")
    assert (read.tenant, read.numbers) == ("hudson", ("+15185550142",))


WRONG = {
    "no profession": (RIGHT.replace("profession", "trade"), "`profession` is missing"),
    "two fields": (RIGHT.replace("name =", "nam =").replace('["08', '["8'), "name: Field required; .*hours.monday"),
    "an unknown trade": (RIGHT.replace("plumber", "plumbr"), "Choose among"),
    "an unknown zone": (RIGHT.replace("New_York", "York"), "America/New_York"),
    "hours backwards": (RIGHT.replace("08:00-18:00", "18:00-08:00"), "ends before it begins"),
    "no number": ('numbers = ["12"]\n' + RIGHT, r"12 cannot be dialled. Give each as \+15185550142."),
    "numbers that are one": ('numbers = "+15185550142"\n' + RIGHT, "must be a list"),
    "a tenant that is none": ("tenant = 3\n" + RIGHT, "a short name"),
    "not TOML": ("name = = 3", "line 1"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_told_with_its_file(what: str, tmp_path: Path) -> None:
    text, told = WRONG[what]
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(BadConfiguration, match=rf"^mine.toml: .*{told}"):
        read_business_file(tmp_path / "mine.toml")


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="Check the path"):
        read_business_file(tmp_path / "no.toml")
    (tmp_path / "mine.toml").write_bytes(b"name = \xff")
    with pytest.raises(BadConfiguration, match="Save the file as UTF-8"):
        read_business_file(tmp_path / "mine.toml")
