"""From what the store gives to the shapes of answers; nothing here knows of HTTP."""
