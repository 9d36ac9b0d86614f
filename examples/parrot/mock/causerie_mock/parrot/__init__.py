"""Parrot, played."""
