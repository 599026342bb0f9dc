"""What somebody tries who wants more from a quiz than to answer it: a list, and a test for each."""
