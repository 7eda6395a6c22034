# The working group belongs to nothing.
DELETE WHERE { entity:judges-group unct:unitOf ?framework }
