"""From a customer at the window to tickets in hand: baskets, reservations, payment, hand-over."""
