"""What the suite knows of Convocore beside its document."""
