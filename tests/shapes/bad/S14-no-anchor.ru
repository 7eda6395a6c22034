# The footnote hangs in the air; its evidence stays with the citations. Also: S20.
DELETE WHERE { r:fn1 unct:anchoredIn ?unit }
