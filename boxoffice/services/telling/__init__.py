"""What customers are told: whom to write to, the outbox, and sending what lies in it."""
