"""The generated clients, one package for each vendor.

They are made by ``codegen/generate.py``: edit the documents or the templates instead. The modules of this package are
what the generated code of every vendor shares.
"""
