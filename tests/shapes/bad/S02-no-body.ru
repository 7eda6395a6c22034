# Nobody adopted the resolution.
DELETE WHERE { doc:a-res-85-12 unct:adoptedBy ?body }
