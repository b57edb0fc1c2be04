"""What `bench.forms` measures, a module each."""
