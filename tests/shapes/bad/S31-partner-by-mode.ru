# The addressee is its own partner, in a mode of partnership.
INSERT DATA { r:op1-man1 unct:inCooperationWith entity:member-states }
