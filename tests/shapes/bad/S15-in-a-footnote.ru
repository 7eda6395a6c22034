# The footnote is taken for the place. Also: S20.
INSERT DATA { r:pp2-cit-crc unct:statedIn r:fn1 }
