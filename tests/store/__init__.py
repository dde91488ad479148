"""Tests of what is kept, on the real database."""
