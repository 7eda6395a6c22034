# A footnote to a footnote.
INSERT DATA { r:fn1 unct:anchoredIn r:fn1 }
