"""Demo content: an invented county, its bureau, twelve schools. All names are made up; no photo shows anybody."""
