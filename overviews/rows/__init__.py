"""What the pages of several rooms show, as rows of texts: one query a list, none left for a template.

Texts, because formatting a date or reaching through relations in a template costs more than the query.
"""
