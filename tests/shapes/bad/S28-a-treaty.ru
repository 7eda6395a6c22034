# A treaty is asked.
INSERT DATA { r:op1-man1 unct:addressee doc:crc }
