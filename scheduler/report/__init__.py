"""What a result looks like: words, tables, figures, and a page to keep.

pandas and plotly are loaded by the functions that need them, never by an import.
"""
