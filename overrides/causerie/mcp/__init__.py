"""A server of the Model Context Protocol, through which an AI reads conversations: ``causerie mcp`` (extra ``mcp``).

The vendor's record lists its tools. The document says what an operation costs and which people it reaches.
"""
