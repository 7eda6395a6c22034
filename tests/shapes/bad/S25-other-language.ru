# The offsets refer to a text that is not there.
DELETE DATA { r:op3-rec1-ev1 unct:spanLanguage "en" } ;
INSERT DATA { r:op3-rec1-ev1 unct:spanLanguage "fr" }
