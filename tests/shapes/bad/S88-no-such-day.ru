# The year expires on 31 June.
INSERT DATA { r:op1-man1 unct:expiryDate "2031-06-31"^^xsd:date }
