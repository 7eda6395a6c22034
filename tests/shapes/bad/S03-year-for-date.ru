# The date is a year.
DELETE WHERE { doc:a-res-85-12 unct:adoptionDate ?date } ;
INSERT DATA { doc:a-res-85-12 unct:adoptionDate "2030"^^xsd:gYear }
