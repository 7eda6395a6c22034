# The shortcut stands alone.
INSERT DATA { r:op1 unct:mentions entity:cted }
