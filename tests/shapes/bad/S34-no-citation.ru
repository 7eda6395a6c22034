# The shortcut stands alone.
INSERT DATA { r:op1 unct:cites doc:crc }
