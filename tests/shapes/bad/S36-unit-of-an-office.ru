# The working group belongs to an office.
DELETE WHERE { entity:judges-group unct:unitOf ?framework } ;
INSERT DATA { entity:judges-group unct:unitOf entity:unodc }
