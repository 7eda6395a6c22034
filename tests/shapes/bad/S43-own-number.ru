# The protocol has a number of its own.
DELETE DATA { doc:crc-opac unct:untsRegistration "27531" } ;
INSERT DATA { doc:crc-opac unct:untsRegistration "27532" }
