"""From the bytes of one built file to plain facts. Nothing here knows of any other file."""
