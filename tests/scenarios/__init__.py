"""What people live through, acted over the wire."""
