# The number is written with the letter of its part.
DELETE { doc:crc unct:untsRegistration ?n } INSERT { doc:crc unct:untsRegistration "I-27531" }
WHERE { doc:crc unct:untsRegistration ?n } ;
DELETE { doc:crc-opac unct:untsRegistration ?n } INSERT { doc:crc-opac unct:untsRegistration "I-27531" }
WHERE { doc:crc-opac unct:untsRegistration ?n }
