"""How callers word things, whatever the business: the raw material of `vocabulary.py`. Lower-case words only.

"" in a list means that the thing may be left out; what stands twice is said twice as often.
"""

from typing import Final

DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS: Final = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ORDINAL_UNITS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
ORDINALS: Final = (
    *_ORDINAL_UNITS, "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth", "twentieth", *(f"twenty {unit}" for unit in _ORDINAL_UNITS),
    "thirtieth", "thirty first",
)  # fmt: skip
PARTS: Final = ("morning", "afternoon", "evening")
LETTERS: Final = tuple("abcdefghijklmnopqrstuvwxyz")
HELLO: Final = ("", "", "", "hi", "hello", "hi there", "good morning", "good afternoon", "hey", "yes hi", "yes")
YES: Final = (
    "yes", "yes", "yes", "yes", "yes please", "yes please", "yeah", "yeah", "yep", "yup", "sure", "ok", "okay",
    "right", "correct", "that is right", "that's right", "that is correct", "that's correct", "yes that is right",
    "yes that's right", "yes that is correct", "yes that's correct", "yes it is", "sounds good", "that works",
    "that works for me", "that's fine", "that is fine", "perfect", "great", "good", "exactly", "of course",
    "absolutely", "yes i do", "yes i have", "yes i am", "yes go ahead", "please do", "yes that works",
    "yes that's fine", "yes thank you", "yes thanks", "yes that would be great", "uh huh",
)  # fmt: skip
NO: Final = (
    "no", "no", "no", "no", "no thanks", "no thank you", "no thank you", "nope", "not really", "no it is not",
    "no it's not", "no that is wrong", "no that's wrong", "that is wrong", "that's wrong", "that is not right",
    "that's not right", "no i don't", "no i do not", "no i have not", "no i'm not", "no not yet", "no not today",
    "i don't think so", "wrong", "no that's all", "no that is all", "no that will be all", "no that is everything",
    "not at the moment", "no wait", "no sorry", "it doesn't work for me", "that doesn't work", "no i can't",
)  # fmt: skip
GOODBYE: Final = (
    "goodbye", "goodbye", "bye", "bye", "bye bye", "thank you goodbye", "thank you goodbye", "thanks bye",
    "thank you bye", "no thank you goodbye", "no thank you goodbye", "no thanks goodbye", "no thanks bye",
    "that's all thank you", "that is all thank you", "that's all goodbye", "no that's all thank you",
    "no that is all thank you goodbye", "have a nice day", "thank you have a good day", "thank you very much goodbye",
    "see you then", "see you then bye",
)  # fmt: skip
ANYTIME: Final = (
    "thank you", "thank you", "thank you very much", "thanks", "thanks a lot", "a person please",
    "can i talk to a person", "can i speak to a person", "i want to talk to a person",
    "i would like to speak to a person", "talk to someone", "let me talk to a human", "can you put me through",
    "connect me please", "an operator please", "could you repeat that", "can you say that again",
    "please repeat that", "sorry what was that", "pardon", "what", "hello", "hello are you there", "one moment",
    "one moment please", "just a second", "hold on", "wait", "i don't know", "i do not know", "i'm not sure",
    "i am not sure", "never mind", "forget it", "sorry", "excuse me", "help", "start over", "that is not what i said",
    "i changed my mind", "can i leave a message", "how much is it", "cancel", "stop",
)  # fmt: skip
BOOK: Final = (
    "i would like to book", "i would like to book", "i'd like to book", "i want to book", "i need to book",
    "can i book", "could i book", "i would like to schedule", "i'd like to schedule", "i want to schedule",
    "i need to schedule", "can i schedule", "i would like", "i'd like", "i need", "i need", "i want", "can i get",
    "could i get", "can i have", "could i have", "i would like to make an appointment for",
    "i'd like to make an appointment for", "can i make an appointment for", "i need an appointment for",
    "i want an appointment for", "i would like to come in for", "can i come in for", "i'm calling to book",
    "i am calling to book", "i am calling about", "i'm calling about", "do you have time for", "book me for",
    "please book", "can you do",
)  # fmt: skip
APPOINTMENT: Final = (
    "i would like to make an appointment", "i'd like to make an appointment", "i would like to book an appointment",
    "i'd like to book an appointment", "i need an appointment", "can i make an appointment",
    "can i get an appointment", "i want to make an appointment", "i would like to schedule an appointment",
    "i would like an appointment", "do you have anything", "do you have any openings", "can i come in",
    "are you free", "can someone come out", "can you come",
)  # fmt: skip
CHANGE: Final = (
    "i need to reschedule", "i would like to reschedule", "i'd like to reschedule", "i want to reschedule",
    "can i reschedule", "i need to move", "i would like to move", "can i move", "i need to change",
    "i want to change", "i would like to change", "can i change", "can we move", "could you move",
)  # fmt: skip
CANCEL: Final = (
    "i need to cancel", "i would like to cancel", "i'd like to cancel", "i want to cancel", "can i cancel",
    "please cancel", "i have to cancel", "i am calling to cancel", "i'm calling to cancel",
)  # fmt: skip
PRICE: Final = (
    "how much is", "how much is", "how much would be", "how much for", "what is the price of", "what's the price of",
    "what do you charge for", "what does it cost for", "what is the cost of", "can you give me a price for",
)  # fmt: skip
QUESTIONS: Final = (
    "what are your hours", "what are your opening hours", "when are you open", "when do you open",
    "when do you close", "how late are you open", "are you open now", "are you open today", "are you open tomorrow",
    "are you open on weekends", "where are you", "where are you located", "what is your address",
    "what's your address", "how do i get there", "is there parking", "where can i park", "do you take insurance",
    "do you take my insurance", "do you accept insurance", "do you take credit cards", "can i pay by card",
    "how can i pay", "do you accept new patients", "do you take new customers", "what services do you offer",
    "what do you offer", "what do you do", "how long does it take", "who is this", "is this a robot",
    "am i talking to a robot", "are you a real person", "when is my appointment", "what time is my appointment",
    "do i have an appointment", "what was my appointment", "are you licensed", "do you have a website",
    "what is your email", "how much do you charge", "do you give free estimates",
)  # fmt: skip
MESSAGE: Final = (
    "i would like to leave a message", "i'd like to leave a message", "can i leave a message",
    "i want to leave a message", "can you take a message", "please take a message", "please call me back",
    "can someone call me back", "can you have someone call me back", "i would like a call back",
    "tell them to call me", "i am returning a call", "i'm returning your call", "please tell them that i called",
    "i want to complain", "i have a question", "i have a question about my bill", "it is about my bill",
    "i am calling about my bill", "i am running late", "i'm running late", "i will be late", "i left something there",
    "please send me the invoice",
)  # fmt: skip
EMERGENCY: Final = (
    "it is an emergency", "it's an emergency", "this is an emergency", "i have an emergency", "it is urgent",
    "it's urgent", "please help me", "i need help right now", "i need someone right away",
    "i need somebody right now", "can you come now", "i am in a lot of pain", "i'm in a lot of pain", "it hurts",
    "it hurts a lot", "i am bleeding", "it will not stop bleeding", "i cannot breathe", "i can't breathe",
    "i smell gas", "there is a fire", "there is water everywhere", "somebody is hurt",
)  # fmt: skip
STREETS: Final = (
    "main", "oak", "maple", "park", "pine", "cedar", "elm", "washington", "lake", "hill", "walnut", "spring", "north",
    "south", "ridge", "church", "willow", "mill", "sunset", "railroad", "jackson", "cherry", "highland", "center",
    "forest", "river", "meadow", "green", "lincoln", "broadway", "jefferson", "madison", "franklin", "chestnut",
    "birch", "spruce", "dogwood", "hickory", "market", "front", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth",
)  # fmt: skip
STREET_KINDS: Final = (
    "street", "street", "street", "avenue", "avenue", "road", "road", "drive", "lane", "boulevard", "court", "place",
    "way",
)  # fmt: skip
MAIL_HOSTS: Final = ("gmail", "gmail", "yahoo", "hotmail", "outlook", "icloud", "aol", "comcast", "example")
DOMAINS: Final = ("dot com", "dot com", "dot com", "dot net", "dot org")
PERSON: Final = ("can i talk to", "can i speak to", "i would like to speak to", "let me talk to", "put me through to")
NAME_LEADS: Final = (
    "", "", "", "", "", "my name is", "my name is", "it is", "it's", "this is", "i am", "i'm", "yes it is", "sure",
)  # fmt: skip
PHONE_LEADS: Final = (
    "my number is", "it is", "it's", "my phone number is", "yes it is", "sure it is", "the number is", "no it is",
)  # fmt: skip
UNITS: Final = (
    "", "", "", "", "days", "people", "hours", "weeks", "years", "minutes", "inches", "rooms", "miles", "square feet",
)  # fmt: skip
PICKS: Final = (
    "", "", "", "yes", "i would like", "i'd like", "i'll take", "i will take", "let us do", "let's do", "how about",
    "can i have", "can we do", "no", "make it",
)  # fmt: skip
OTHERS: Final = (
    "none of those", "none of them", "neither", "something else", "another day", "a different time", "anything later",
    "do you have anything else", "anything earlier", "do you have anything in the morning", "any time", "either one",
    "do you have anything in the afternoon", "do you have anything later", "do you have anything earlier",
    "as soon as possible", "the earliest you have", "the first available", "whatever you have", "any day",
    "any time works", "what do you have", "what times do you have",
)  # fmt: skip
FIRST_TIME: Final = (
    "i am a new patient", "i'm a new patient", "i am a new customer", "i'm a new client", "it is my first time",
    "it's my first visit", "i have not been there before", "i have never been there", "i have been there before",
    "i am an existing patient", "i'm a regular customer", "i am a patient there", "i have been before",
)  # fmt: skip
