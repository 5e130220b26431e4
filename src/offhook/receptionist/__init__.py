"""What a receptionist knows and does. Start at `scripted.py` (no model) or `receptionist.py` (any model)."""
