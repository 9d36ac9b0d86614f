"""The generated clients, one package for each vendor. Made by ``codegen/generate.py``: edit the documents or the
templates.

The modules of this package are what the generated code of every vendor shares.
"""
