"""How long validation takes: ours over the engine, pySHACL on rdflib, and rudof."""
