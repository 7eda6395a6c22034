# The convention is in force before it is adopted.
DELETE WHERE { doc:crc unct:entryIntoForce ?date } ;
INSERT DATA { doc:crc unct:entryIntoForce "1989-09-02"^^xsd:date }
