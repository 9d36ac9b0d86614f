"""Holds a server against the documents of Convocore, raia and Zild: a suite for pytest.

    pytest --pyargs palaver_contract                                         the mock vendors
    pytest --pyargs palaver_contract --vendor raia --base-url https://…      any server; RAIA_AGENT_SECRET_KEY is set

`--help` beside them lists its options. The suite creates, changes and deletes: point it only at a server where it may.
Its interface is this command line; nothing in here is for import. What is relaxed stands in schemathesis.toml.
"""
