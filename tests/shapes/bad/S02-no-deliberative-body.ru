# An office adopts a resolution. Also: S46.
DELETE DATA { doc:a-res-85-12 unct:adoptedBy entity:ga } ;
INSERT DATA { doc:a-res-85-12 unct:adoptedBy entity:unodc }
