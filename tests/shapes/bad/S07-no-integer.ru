# The volume is a string.
DELETE { doc:crc unct:untsVolume ?v } INSERT { doc:crc unct:untsVolume "1577" } WHERE { doc:crc unct:untsVolume ?v }
