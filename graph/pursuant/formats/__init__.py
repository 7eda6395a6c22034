"""One module for each format: from bytes to blocks of text, with their labels, notes and links.

A reader knows its format and nothing of law. `sniffing` tells formats apart by their content;
`pursuant.reading` is where they are called.
"""
