"""The tests mirror ttx/; words.py is their vocabulary."""
