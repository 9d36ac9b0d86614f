"""The operations of one tag, a module for each."""
