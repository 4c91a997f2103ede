# SPDX-License-Identifier: GPL-2.0-or-later
"""A scenario file, as far as it says what must be said. README.md describes the format."""

import dataclasses


@dataclasses.dataclass
class State:
    name: str
    reached: dict = dataclasses.field(default_factory=dict)  # PF address -> rung
    roots: list = dataclasses.field(default_factory=list)    # (id, subject), subject None: any
    may: list = dataclasses.field(default_factory=list)      # ids that are fine either way
    said: list = dataclasses.field(default_factory=list)     # (state, id, subject)
    asked: list = dataclasses.field(default_factory=list)    # (n, outcome, id)
    known: list = dataclasses.field(default_factory=list)    # (predicted, measured, reason)
    exit: int | None = None
    words: list = dataclasses.field(default_factory=list)    # of observe:

    @property
    def unprivileged(self):
        return any(word.startswith('user=') for word in self.words)


def _id_and_subject(words):
    return words[0], words[1] if len(words) > 1 else None


def _line(state, key, value):
    words = value.split()
    if key == 'reached':
        state.reached[words[0]] = words[1]
    elif key == 'root':
        state.roots.append(_id_and_subject(words))
    elif key == 'may':
        state.may += words
    elif key == 'said':
        state.said.append((words[0], *_id_and_subject(words[1:])))
    elif key == 'asked':
        state.asked.append((words[0], words[1], words[2] if len(words) > 2 else None))
    elif key == 'known':
        state.known.append((words[0], words[1], ' '.join(words[2:])))
    elif key == 'exit':
        state.exit = int(words[0])
    elif key == 'observe':
        state.words += words
    elif key != 'do':
        raise ValueError(f'unknown key "{key}:" in state {state.name}')


def read(path):
    """The states of a scenario in their order; what comes before them is for the boot script."""
    states = []
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            key, colon, value = line.partition(':')
            if not colon or line.startswith('#'):
                continue
            value = value.split(' #')[0].strip()
            if key == 'state':
                states.append(State(value))
            elif states:
                _line(states[-1], key, value)
    return states
