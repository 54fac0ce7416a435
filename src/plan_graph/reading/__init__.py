"""Reading: a file becomes a Document, text whose offsets are published."""
