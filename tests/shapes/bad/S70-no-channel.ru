# The evidence does not say how it names the thing.
DELETE WHERE { r:op3-cit-draft-ev1 unct:via ?via }
