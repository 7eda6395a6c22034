# A footnote is in two documents.
INSERT DATA { r:fn1 unct:inDocument doc:a-res-72-284 }
