"""Authority: curated registers of places, bodies, collectives and documents, looked up by name."""
