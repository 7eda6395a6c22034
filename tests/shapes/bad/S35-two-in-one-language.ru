# Two preferred labels in English.
INSERT DATA { entity:cted skos:prefLabel "Executive Directorate"@en }
