# The volume is nought.
DELETE { doc:crc unct:untsVolume ?v } INSERT { doc:crc unct:untsVolume 0 } WHERE { doc:crc unct:untsVolume ?v }
