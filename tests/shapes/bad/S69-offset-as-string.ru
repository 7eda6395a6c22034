# The start is a string. Also: S25 S79.
DELETE DATA { r:op3-rec1-ev1 oa:start 0 } ; INSERT DATA { r:op3-rec1-ev1 oa:start "0" }
