"""The script of the receptionist that needs no model, one idea per file; read `routing.py` first.

Everything here is a plain function of what was asked: the form, the caller's words, the business, the time. A
function writes into a `Draft`, which becomes the pieces of one reply.
"""
