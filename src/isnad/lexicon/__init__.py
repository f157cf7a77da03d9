"""The words isnad knows, as data, and the loaders that check and compile it."""
