"""Queue models: from staff to service level, wait and occupancy."""
