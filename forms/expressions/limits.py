"""How large an expression and what it works on may be. Generous for people, small for a machine."""

MAX_LENGTH = 20_000  # characters of one expression
MAX_NODES = 4_000  # nodes of its tree
MAX_DEPTH = 40  # brackets, calls and conditions inside one another
MAX_TEXT = 100_000  # characters of a text that a function makes or works on
MAX_NODESET = 10_000  # items that one reference may stand for
MAX_STEPS = 200_000  # nodes evaluated for one answer, conditions on lists included
MAX_REGEX = 500  # characters of a regular expression
MAX_REGEX_REPEAT = 1_000  # the largest n in {n}
