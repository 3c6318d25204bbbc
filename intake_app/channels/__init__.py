"""What each channel adds to taking a record down."""
