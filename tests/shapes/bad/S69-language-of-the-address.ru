# The language code is that of an address. Also: S25.
DELETE DATA { r:op3-rec1-ev1 unct:spanLanguage "en" } ; INSERT DATA { r:op3-rec1-ev1 unct:spanLanguage "ch" }
