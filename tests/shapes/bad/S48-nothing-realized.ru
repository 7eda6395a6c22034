# The expression is of no instrument; its links cannot be compared.
DELETE WHERE { expression:e-res-2031-7.en unct:realizes ?document }
