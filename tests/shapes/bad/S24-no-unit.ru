# The span is in no unit.
DELETE WHERE { r:op1-man1-ev1 unct:inUnit ?unit }
