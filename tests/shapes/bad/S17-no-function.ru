# The citation has no function.
DELETE WHERE { r:pp1-cit-a-res-72-284 unct:function ?function }
