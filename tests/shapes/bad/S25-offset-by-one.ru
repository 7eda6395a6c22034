# The offsets are one too high.
DELETE DATA { r:op3-rec1-ev1 oa:start 0 ; oa:end 35 } ;
INSERT DATA { r:op3-rec1-ev1 oa:start 1 ; oa:end 36 }
