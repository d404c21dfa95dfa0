"""The preferences: pages that can be searched, on which every choice holds at once and can be taken back."""
