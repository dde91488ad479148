"""Nonsense for everything that reads what others send: a moment of it in the tests, an hour of it by `make fuzz`."""
