# The term is in words.
INSERT DATA { r:op1-man1 unct:termLength "twelve months" }
