"""The SPARQL facade against its peers, on a graph of our model made from a seed."""
