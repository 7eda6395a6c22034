# What is cited was adopted after the resolution.
DELETE WHERE { doc:a-res-72-284 unct:adoptionDate ?date } ;
INSERT DATA { doc:a-res-72-284 unct:adoptionDate "2030-12-24"^^xsd:date }
