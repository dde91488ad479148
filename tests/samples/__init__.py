"""A rehearsed Exercise Lantern Tide, and the files in `docs/samples/` that are made from it."""
