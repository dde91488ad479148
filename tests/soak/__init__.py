"""A room full of tablets on bad wifi and a server that is killed: seconds in the tests, minutes by `make soak`."""
