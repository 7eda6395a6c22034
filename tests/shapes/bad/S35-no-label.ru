# The entity has no label. Also: S59.
DELETE WHERE { entity:cted skos:prefLabel ?label }
