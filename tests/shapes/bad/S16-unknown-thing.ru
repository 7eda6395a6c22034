# What is cited is not described.
DELETE WHERE { doc:a-dec-72-510 a ?class }
