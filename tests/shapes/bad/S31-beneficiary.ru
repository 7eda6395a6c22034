# The addressee is the beneficiary too.
INSERT DATA { r:op1-man1 unct:beneficiary entity:member-states }
