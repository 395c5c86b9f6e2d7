"""The bundled facts."""
