# The words are missing.
DELETE WHERE { r:op1-man1-ev1 oa:exact ?words }
