"""Holds a server against its vendor's document.

    causerie check                                               the mock vendors
    causerie check --vendor NAME --base-url URL --live           a server that others use: read only
    causerie check --vendor NAME --base-url URL --target scratch one that is there to be tested

`--help` beside them lists its options. On a scratch target the suite creates, changes and deletes.
`pytest --pyargs causerie_contract` is the same as a suite of tests, with the same options and pytest's.
Its interface is these command lines; nothing in here is for import. What is relaxed stands in schemathesis.toml.
"""
