# The Assembly adopts a resolution of the Security Council.
DELETE DATA { doc:s-res-2178-2014 unct:adoptedBy entity:sc } ;
INSERT DATA { doc:s-res-2178-2014 unct:adoptedBy entity:ga }
