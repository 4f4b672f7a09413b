"""What somebody without an account is told to prevent harm: read through a link that ends within three days."""
