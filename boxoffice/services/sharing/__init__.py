"""In step with central: custody taken and given, work pushed and pulled, epochs, allotments."""
