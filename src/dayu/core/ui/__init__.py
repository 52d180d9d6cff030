"""The interface components of the house: parts (what they show), drawings (SVG), icons, the gallery.

Templates load them with `{% load ui %}`; every tag and its parameters stand in `core/templatetags/ui.py`. The components know
nothing of water: they are given plain parts (dataclasses of `parts`) or dictionaries with the same names.
"""
