# The words are there, the condition is not.
DELETE DATA { r:op2-a-man1 unct:condition condition:upon-request }
