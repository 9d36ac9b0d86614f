"""Reads and compares the OpenAPI documents of the vendors.

    document = causerie_spec.load("raia")
    causerie_spec.operations(document)["list_conversations"]   # ("get", "/external/conversations")

In a checkout, they are the current files of spec/; an installed package contains a copy.
"""

from .documents import METHODS, DocumentError, folder, load, operations, read, vendors
from .security import Credential, credential
from .vendor import Vendor, about, record

__all__ = [
    "METHODS",
    "Credential",
    "DocumentError",
    "Vendor",
    "about",
    "credential",
    "folder",
    "load",
    "operations",
    "read",
    "record",
    "vendors",
]
