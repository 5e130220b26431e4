"""The one room that knows everybody: builds the running parts from the settings. Start reading in `house.py`.

A command that needs less than a whole house (typing, listing) imports only the file it needs: vendors, sound and web
are slow to load.
"""
