"""Search for people who do not write SPARQL: by words, by names as they are typed, and as functions in SPARQL."""
