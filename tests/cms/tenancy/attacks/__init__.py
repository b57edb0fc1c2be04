"""What somebody of school A, or a stranger, would try. Each attack says whether it came through."""
