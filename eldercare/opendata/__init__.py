"""Open data: what anybody may take of the tables, questions and exhibits, with which parameters and in which formats.

What is open is declared once, by `openData` of a table in `datapackage.json`: a question is open when all it reads is.
"""
