# Paragraph 2 is followed by 4.
DELETE DATA { r:op3 unct:number 3 } ; INSERT DATA { r:op3 unct:number 4 }
