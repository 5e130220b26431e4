"""What callers' words mean: days and times, numbers, telephone numbers, names, e-mails, yes and no, and wishes.

Pure functions in English: words in, values out, time as an argument. Start reading at `words.py` (how an utterance is
cut up) and `when.py` (the largest grammar). Whatever cannot be told for sure is None: the receptionist then asks.
"""
