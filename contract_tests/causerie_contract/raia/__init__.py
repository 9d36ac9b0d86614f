"""The suite's knowledge of raia that its document does not have."""
