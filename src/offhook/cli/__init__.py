"""The way in: `offhook COMMAND`. One file per command; `main.py` joins them."""
