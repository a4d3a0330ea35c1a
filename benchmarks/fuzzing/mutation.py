"""Changes that keep an input nearly well-formed: bytes alone seldom reach what lies behind a parser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.fuzzing.repository import MOST_FILES, SEPARATOR

Change = Callable[["Mutator", bytes, Random], bytes]
MOST_COPIES = 40


@dataclass(frozen=True, slots=True)
class Mutator:
    """Changes inputs with the words of a format, and with parts of other inputs; ``whole`` ones are repositories."""

    tokens: Sequence[bytes]
    others: Sequence[bytes]
    whole: bool

    def mutate(self, data: bytes, random: Random) -> bytes:
        """The data with one to four changes, all in one file of a repository or between its files."""
        if self.whole and random.random() < 0.15:  # noqa: PLR2004
            return self._swap_file(data, random)
        parts = data.split(SEPARATOR) if self.whole else [data]
        place = random.randrange(len(parts))
        for _ in range(random.randint(1, 4)):
            parts[place] = random.choice(CHANGES)(self, parts[place], random)
        return SEPARATOR.join(parts)

    def _swap_file(self, data: bytes, random: Random) -> bytes:
        """Take in, replace or leave out one file."""
        mine, theirs = data.split(SEPARATOR), random.choice(self.others).split(SEPARATOR)
        place = random.randrange(len(mine))
        choice = random.randrange(4)
        if choice == 0:
            mine[place] = random.choice(theirs)
        elif choice == 1 and len(mine) > 1:
            del mine[place]
        elif choice == 2:  # noqa: PLR2004
            mine[place] = bytes([random.randrange(256)]) + b"\n" + mine[place].partition(b"\n")[2]
        else:
            mine.append(random.choice(theirs))
        return SEPARATOR.join(mine[:MOST_FILES])

    def insert_token(self, data: bytes, random: Random) -> bytes:
        """Put a word somewhere."""
        place = random.randint(0, len(data))
        return data[:place] + random.choice(self.tokens) + data[place:]

    def repeat_token(self, data: bytes, random: Random) -> bytes:
        """Put a word somewhere many times over."""
        place = random.randint(0, len(data))
        return data[:place] + random.choice(self.tokens) * random.randint(2, MOST_COPIES) + data[place:]

    def replace_word(self, data: bytes, random: Random) -> bytes:
        """Put a word in the place of a few bytes."""
        start = random.randint(0, len(data))
        return data[:start] + random.choice(self.tokens) + data[start + random.randint(1, 12) :]

    def cut(self, data: bytes, random: Random) -> bytes:
        """Leave out a few bytes, or all that follow."""
        start = random.randint(0, len(data))
        return data[:start] if random.random() < 0.1 else data[:start] + data[start + random.randint(1, 40) :]  # noqa: PLR2004

    def change_byte(self, data: bytes, random: Random) -> bytes:
        """Replace one byte with any other."""
        place = random.randint(0, len(data))
        return data[:place] + bytes([random.randrange(256)]) + data[place + 1 :]

    def move_line(self, data: bytes, random: Random) -> bytes:
        """Copy, move or leave out a line, or change how far it is indented."""
        lines = data.split(b"\n")
        start, end = random.randrange(len(lines)), random.randrange(len(lines))
        line = lines[start]
        choice = random.randrange(4)
        if choice < 2:  # noqa: PLR2004
            lines.insert(end, line)
        if choice == 1 or choice == 2:  # noqa: PLR1714, PLR2004
            lines.remove(line)
        if choice == 3:  # noqa: PLR2004
            lines[start] = b" " * random.randrange(6) + line.lstrip()
        return b"\n".join(lines)

    def splice(self, data: bytes, random: Random) -> bytes:
        """Put lines of another input somewhere."""
        theirs = random.choice(random.choice(self.others).split(SEPARATOR)).split(b"\n")
        start = random.randrange(len(theirs))
        taken = b"\n".join(theirs[start : start + random.randint(1, 6)])
        place = random.randint(0, len(data))
        return data[:place] + taken + data[place:]


CHANGES: tuple[Change, ...] = (
    Mutator.insert_token,
    Mutator.insert_token,
    Mutator.repeat_token,
    Mutator.replace_word,
    Mutator.replace_word,
    Mutator.cut,
    Mutator.change_byte,
    Mutator.move_line,
    Mutator.move_line,
    Mutator.splice,
)
