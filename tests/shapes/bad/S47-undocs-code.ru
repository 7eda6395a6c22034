# The language code is that of an address, not of a language.
DELETE DATA { expression:e-res-2031-7.en dcterms:language "en" } ;
INSERT DATA { expression:e-res-2031-7.en dcterms:language "ch" }
