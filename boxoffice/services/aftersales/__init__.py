"""What happens to tickets after they were sold: back, void, printed again, looked into."""
