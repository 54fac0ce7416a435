"""An analysis of a graph in the form of a paper: seven tables, five figures, and a text that rules write.

``study`` has what is at hand, a module each makes a part of the paper with its table and its sentences, ``whole``
puts them together and ``markup`` writes them. A sentence claims a difference only where two intervals do not overlap
or q is below 0.05 (``claims``); everything else is described, or said not to be told apart.
"""
