# Numbers start at one. Also: S13.
DELETE WHERE { r:op1 unct:number ?number } ; INSERT DATA { r:op1 unct:number 0 }
