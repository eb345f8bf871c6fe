"""A real server with a tiny model, and the vocabularies that tokens are counted with."""
