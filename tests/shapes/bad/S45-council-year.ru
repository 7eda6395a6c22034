# A resolution of 2014 is dated 2013.
DELETE WHERE { doc:s-res-2178-2014 unct:adoptionDate ?date } ;
INSERT DATA { doc:s-res-2178-2014 unct:adoptionDate "2013-09-24"^^xsd:date }
