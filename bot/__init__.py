"""Bindeled: connects municipal caseworkers and police who work on the same case about a child or a young person."""

__version__ = "0.1.0"
