"""What reading GitHub costs: requests, seconds and memory on the tests' GitHub, beside the way most would go."""
