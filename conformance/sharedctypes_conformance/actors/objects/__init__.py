"""Operations on shared objects, and constructing them in every way."""
