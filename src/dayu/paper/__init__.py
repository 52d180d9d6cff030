"""Paper: document definitions, their layout as PDF and DOCX, and the comparison of what comes back from the office.

Pure: no Django, no database, no clock, no network. The same input gives the same bytes.
"""
