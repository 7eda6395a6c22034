# A preferred label in a language that is not official.
INSERT DATA { entity:cted skos:prefLabel "Exekutivdirektorium"@de }
