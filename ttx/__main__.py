"""`python -m ttx` is `ttx`."""

from ttx.cli import main

main()
