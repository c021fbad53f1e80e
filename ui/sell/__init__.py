"""The parts of the page that sells: sessions, court, places, basket, cash."""
