# Nobody is asked.
DELETE WHERE { r:op1-man1 unct:addressee ?actor }
