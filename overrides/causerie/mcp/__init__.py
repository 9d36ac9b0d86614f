"""Conversations for an AI: a server of the Model Context Protocol, ``causerie mcp`` (extra ``mcp``).

What it offers of a vendor stands in the vendor's record, what an operation costs and whom it reaches in its document.
"""
