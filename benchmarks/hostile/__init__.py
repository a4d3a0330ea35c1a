"""What hostile repositories cost: seconds, memory, and how both grow with the input."""
