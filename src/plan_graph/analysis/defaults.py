"""What the null model is drawn with where nobody says otherwise; by themselves, so that numpy need not be loaded."""

DRAWS = 1000
SEED = 0
