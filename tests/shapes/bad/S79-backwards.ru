# The span ends where it starts. Also: S25.
DELETE DATA { r:op3-rec1-ev1 oa:end 35 } ; INSERT DATA { r:op3-rec1-ev1 oa:end 0 }
