"""Measures of networks of bodies and of tables of tasks and bodies, a module a family, each with its paper.

Import the module that holds the measure; this package itself imports nothing.
"""
