# A resolution of the 2031 session is dated 2029.
DELETE WHERE { doc:e-res-2031-7 unct:adoptionDate ?date } ;
INSERT DATA { doc:e-res-2031-7 unct:adoptionDate "2029-07-25"^^xsd:date }
