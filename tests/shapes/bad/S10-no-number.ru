# The last paragraph has no number.
DELETE WHERE { r:op3 unct:number ?number }
