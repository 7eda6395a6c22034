# The expression names no source.
DELETE WHERE { expression:e-res-2031-7.en prov:wasDerivedFrom ?source }
