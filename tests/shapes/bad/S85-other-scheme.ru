# The change is a force.
INSERT DATA { r:op1-man1 unct:change force:extend }
