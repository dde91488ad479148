"""The server as it is reached: a real one on a free port, real clients, a database of its own."""
