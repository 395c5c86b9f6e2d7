"""Tables and functions per capability, the unit of work, migrations. Takes and returns frozen domain values."""
