# A mention is stated in a footnote. Also: S66 S67.
DELETE DATA { r:op3-men-handbook unct:statedIn r:op3 } ;
INSERT DATA { r:op3-men-handbook unct:statedIn r:fn1 }
