# One candidate is none.
DELETE DATA { r:op3-cit-u2 unct:candidate doc:a-res-3034-xxvii }
