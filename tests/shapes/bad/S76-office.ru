# An office speaks.
DELETE WHERE { r:op1 unct:speaker ?body } ; INSERT DATA { r:op1 unct:speaker entity:unodc }
