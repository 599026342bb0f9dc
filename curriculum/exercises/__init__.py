"""Crisis exercises: how a file reads, what its graph must be, and how one is played. Pure."""
