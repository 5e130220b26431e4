"""A profession: what a receptionist of that trade asks, books, charges, fears and says. Data files, one schema."""
