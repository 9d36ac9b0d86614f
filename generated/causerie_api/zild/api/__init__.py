"""The operations of the document, a package for each tag."""
