"""What the suite knows of Zild beside its document."""
