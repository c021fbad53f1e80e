"""What a supervisor sees and settles of central and of its windows."""
