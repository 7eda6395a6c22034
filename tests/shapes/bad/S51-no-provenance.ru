# The named graph does not say where it comes from.
DELETE WHERE { graph:e-res-2031-7.en prov:wasDerivedFrom ?source }
