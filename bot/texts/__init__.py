"""Message catalogues: every sentence a person reads comes from here, in her own language."""
