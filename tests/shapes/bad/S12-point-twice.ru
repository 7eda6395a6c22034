# Two points (a) of one paragraph.
DELETE DATA { r:op2-b unct:number 2 } ; INSERT DATA { r:op2-b unct:number 1 }
