# The recognition has no function.
DELETE WHERE { r:op3-rec1 unct:function ?function }
