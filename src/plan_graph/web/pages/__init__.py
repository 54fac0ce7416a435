"""Pages for people: made in workers from what named queries answer, with templates, in Chinese or English."""
