# Two operative paragraphs with the number 1. Also: S13.
DELETE DATA { r:op2 unct:number 2 } ; INSERT DATA { r:op2 unct:number 1 }
