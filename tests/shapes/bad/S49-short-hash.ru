# The source's hash is cut off.
DELETE WHERE { source:0123456789abcdef unct:sourceHash ?hash } ;
INSERT DATA { source:0123456789abcdef unct:sourceHash "0123456789abcdef" }
