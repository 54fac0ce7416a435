"""Who coordinates with whom, and whether that is more than workloads explain: rows in, plain results out.

<<<<<<< HEAD
Import the module that holds the question: ``significance`` (ties with expected, p and q), ``network`` (graphs and
measures), ``export`` (GraphML, GEXF, rows), and for an office ``overlap``, ``dossier``, ``room`` and ``scenario``. This
package itself imports nothing, so that a command pays only for what it uses.
=======
Import the module that holds the question: ``choice`` (which rows), ``significance`` (ties with expected, p and q),
``network`` (graphs and measures), ``export`` (files for other programs). This package itself imports nothing, so
that a command pays only for what it uses.
>>>>>>> 0b30e0c92ec521ff8dce4683906895df975c9c68
"""
