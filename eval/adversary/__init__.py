"""An adversary of our own: reports of the zoo whose tables are changed so that the easy guess is wrong.

A page is drawn (:mod:`eval.adversary.documents`), mutations change it (:mod:`eval.adversary.mutations` lists
them), and gold is made from what the page then shows: every figure carries the address that the labels beside
and above it name, wherever it goes. ``gongkai eval adversary`` reads thousands.
"""
