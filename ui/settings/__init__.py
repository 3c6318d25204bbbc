"""What an office sets up by itself: staff, hub, backups, exports, services, how the screen looks."""
