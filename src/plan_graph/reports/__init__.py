"""Answers of the analysis as something to read: tables with notes, printable pages, figures."""
