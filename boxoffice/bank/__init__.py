"""Files of banks and payment companies, and what they say against what we say."""
