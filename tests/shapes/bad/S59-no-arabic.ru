# The Arabic label is not known yet.
DELETE { entity:cted skos:prefLabel ?label }
WHERE { entity:cted skos:prefLabel ?label FILTER(LANG(?label) = "ar") }
