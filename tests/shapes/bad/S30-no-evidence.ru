# Nothing proves the mandate.
DELETE DATA { r:op1-man1 unct:evidence r:op1-man1-ev1 }
