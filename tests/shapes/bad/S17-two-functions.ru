# The citation has two functions.
INSERT DATA { r:pp1-cit-a-res-72-284 unct:function function:note }
