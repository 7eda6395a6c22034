# A decision that is cited by date alone.
DELETE WHERE { doc:a-dec-72-510 unct:symbol ?symbol } ;
INSERT DATA { doc:a-dec-72-510 unct:adoptionDate "2018-06-26"^^xsd:date }
