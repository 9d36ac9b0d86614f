"""Holds a server against its vendor's document: a suite for pytest.

    pytest --pyargs causerie_contract                                               the mock vendors
    pytest --pyargs causerie_contract --vendor NAME --base-url URL --live           a server that others use: read only
    pytest --pyargs causerie_contract --vendor NAME --base-url URL --target scratch one that is there to be tested

`--help` beside them lists its options. On a scratch target the suite creates, changes and deletes.
Its interface is this command line; nothing in here is for import. What is relaxed stands in schemathesis.toml.
"""
