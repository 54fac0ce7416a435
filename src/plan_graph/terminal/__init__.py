"""What the command line shows: tables in Chinese and English, drawn by rich; numbers come from shipped queries."""
