"""Families of words that signs name as one: `@child` stands for "baby", "toddler", "my two year old" and the like.

What a caller calls the same thing is written down once, for all signs of all trades. A family may name others, and
stand side by side with words: `im_@grown_age` is heard in "I'm 25" and in "I'm twenty five".
"""

from functools import cache
from itertools import product

_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_DIGITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def _spoken_number(number: int) -> str:
    """A number from 10 to 99 as a family's member."""
    if number < 20:
        return _TEENS[number - 10]
    ten = _TENS[number // 10 - 2]
    return ten if number % 10 == 0 else f"{ten}_{_DIGITS[number % 10 - 1]}"


def _numbers(numbers: range) -> str:
    """The numbers as a family, in figures and in words."""
    return " ".join(f"{number} {_spoken_number(number)}" for number in numbers)


_FAMILIES = {
    "child": (
        "baby babies toddler child children kid kids son daughter infant grandson granddaughter grandkid grandbaby "
        "grandchild twins twin newborn year_old years_old month_old months_old boy girl boys girls niece nephew "
        "little_one toddlers grandkids"
    ),
    "elder": (
        "mother father mom dad mum mama papa grandmother grandfather grandma grandpa nana uncle aunt auntie parents "
        "mother_in_law father_in_law old_man old_lady"
    ),
    "adult": (
        "@elder wife husband brother sister friend fiance girlfriend boyfriend partner roommate neighbor coworker "
        "colleague boss man woman guy lady gentleman customer client patient tenant somebody someone person employee "
        "worker teacher cousin passenger driver"
    ),
    "person": "@child @adult he she hes shes him her they",
    "pet": "dog dogs puppy puppies cat cats kitten kittens pet pets pup",
    "attacker": (
        "someone somebody man men guy guys stranger they theyre he hes person people ex husband boyfriend wife "
        "girlfriend burglar burglars thieves thief intruder kid kids teenagers neighbor roommate"
    ),
    "vehicle": "car truck van vehicle suv minivan jeep pickup",
    "room": (
        "house home apartment place kitchen bathroom bedroom room basement garage attic hallway hall living_room "
        "laundry_room laundry building condo cellar closet floor office shop store restaurant unit upstairs downstairs"
    ),
    "cant": "cant cannot couldnt unable can_not not_able",
    "structure": (
        "ceiling wall walls floor floors roof deck porch foundation chimney beam beams joist joists stairs staircase "
        "balcony garage retaining_wall drywall column post"
    ),
    "isnt": "isnt not wont doesnt dont didnt cant cannot never hasnt havent arent couldnt",
    "barely": "hard hardly barely trouble difficult* struggl* cant cannot couldnt unable problem problems tough",
    "swollen": "swollen swell* swelled swole puffy puffed puffing ballooned blew_up blown_up balloon bulging huge",
    "away": "came come comes coming fell fall falling falls popped knocked broke pulled slipped flew went",
    "blow": (
        "hit hits fell fall falling accident ball puck bike skateboard playground punch punched kicked kick face elbow "
        "elbowed tripped trip football hockey basketball baseball soccer bat puck fight curb swing trampoline stairs "
        "crashed slipped scooter"
    ),
    "today": (
        "today tonight this_afternoon this_evening this_morning right_now in_an_hour in_half_an_hour in_a_few_hours "
        "in_two_hours in_three_hours later_today todays noon midnight end_of_the_day end_of_day close_of_business"
    ),
    "soon": (
        "@today tomorrow tomorrows day_after_tomorrow in_two_days in_a_day in_one_day in_a_couple_days "
        "in_a_couple_of_days in_48_hours in_24_hours in_twenty_four_hours in_forty_eight_hours within_24_hours "
        "two_days_from_now two_days_away 24_hours 48_hours twenty_four_hours forty_eight_hours"
    ),
    "event": (
        "wedding weddings event ceremony party gala funeral reception conference memorial baptism christening "
        "quinceanera graduation shower engagement married proposal fundraiser dinner banquet mitzvah birthday "
        "anniversary shoot"
    ),
    "minor_age": _numbers(range(10, 18)),
    "grown_age": _numbers(range(18, 100)),
}


@cache
def family(name: str) -> tuple[str, ...]:
    """The words of a family; raises ValueError where there is none of that name."""
    if name not in _FAMILIES:
        raise ValueError(f"there is no family of words {name!r}; choose among: {', '.join(sorted(_FAMILIES))}")
    return members(_FAMILIES[name].split())


def members(told: list[str]) -> tuple[str, ...]:
    """The alternatives of an item, with those of the families it names."""
    return tuple(dict.fromkeys(word for one in told for word in _spelled_out(one)))


def _spelled_out(alternative: str) -> tuple[str, ...]:
    """`@elder` is each word of that family, `only_@minor_age` each with "only" before it."""
    if "@" not in alternative:
        return (alternative,)
    before, _, rest = alternative.partition("@")
    name = next((name for name in sorted(_FAMILIES, key=len, reverse=True) if _begins(rest, name)), rest)
    after = _spelled_out(rest[len(name) :])
    return tuple("".join(parts) for parts in product((before,), family(name), after))


def _begins(rest: str, name: str) -> bool:
    return rest == name or rest.startswith(f"{name}_")
