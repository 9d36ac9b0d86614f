"""What the suite knows of Parrot beside its document."""
