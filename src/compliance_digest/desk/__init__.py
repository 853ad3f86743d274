"""What an editor uses beside the build."""
