# The protocol supplements nothing. Also: S42.
DELETE WHERE { doc:crc-opac unct:supplements ?treaty }
