"""offhook answers the phone for small businesses."""
