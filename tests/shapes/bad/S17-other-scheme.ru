# The function is a concept of another scheme.
DELETE DATA { r:pp1-cit-a-res-72-284 unct:function function:recall } ;
INSERT DATA { r:pp1-cit-a-res-72-284 unct:function force:urge }
