"""Loads what checking needs, once, in the process that the sandbox forks its processes from."""

from __future__ import annotations

import pyoxigraph as ox

from pursuant.checking import background, own_shapes, registered
from pursuant.compiling import Compiler
from pursuant.rendering import environment
from pursuant.shapes import Shapes
from pursuant_api import validation_work

__all__ = ["validation_work"]

background()
registered()
environment().get_template("findings.html")
_shapes = Shapes(own_shapes())
_compiler = Compiler(_shapes, ox.Store())
for _shape in _shapes.targeted():
    _compiler.queries(_shape)
