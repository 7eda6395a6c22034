# The protocol is given the volume of its convention.
DELETE { doc:crc-opac unct:untsVolume ?v } INSERT { doc:crc-opac unct:untsVolume 1577 }
WHERE { doc:crc-opac unct:untsVolume ?v }
