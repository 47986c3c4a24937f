"""Reading and writing files: instances, schedules, and the demand beside them."""
