# The convention has no registration number, and nothing says why.
DELETE WHERE { doc:crc unct:untsRegistration ?number }
