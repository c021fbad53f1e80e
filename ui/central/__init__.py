"""The parts of the central page: windows, allotments, the review list, how far it would reach."""
