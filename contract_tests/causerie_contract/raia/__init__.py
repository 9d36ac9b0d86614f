"""What the suite knows of raia beside its document."""
