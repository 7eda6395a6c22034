# The citation is stated nowhere, and its evidence hangs in the air. Also: S19 S34.
DELETE WHERE { r:pp1-cit-a-res-72-284 unct:statedIn ?unit }
