# SPDX-License-Identifier: GPL-2.0-or-later
"""
One C file with all of its mutants inside, each behind MUT_(n), so that one compilation serves them all. What is in the initialiser of a
table cannot be chosen at run time: those mutants are changes of the text, for a compilation each.
"""
import bisect
import re
import sys

try:
    from clang import cindex
except ImportError:
    sys.path.append('/usr/lib/python3/dist-packages')  # where Debian has it, for another python3 in the path
    from clang import cindex

K = cindex.CursorKind
T = cindex.TypeKind
SWAP = {'==': '!=', '!=': '==', '<': '<=', '<=': '<', '>': '>=', '>=': '>', '&&': '||', '||': '&&', '+': '-', '-': '+', '*': '/', '/': '*',
        '%': '*', '&': '|', '|': '&', '^': '&', '<<': '>>', '>>': '<<', '+=': '-=', '-=': '+=', '|=': '&=', '&=': '|=', '<<=': '>>=',
        '>>=': '<<=', '*=': '/=', '/=': '*=', '^=': '|='}
NUMBERS = {T.CHAR_S, T.CHAR_U, T.SCHAR, T.UCHAR, T.SHORT, T.USHORT, T.INT, T.UINT, T.LONG, T.ULONG, T.LONGLONG, T.ULONGLONG, T.ENUM}
TRUTH = {'==', '!=', '!'}  # their own mutant is the negation already
NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|[0-9]+)([uUlL]*)\Z|'(?:[^'\\]|\\.+)'\Z")


class Mutant:
    def __init__(self, kind, start, end, was, text, line):
        self.kind, self.start, self.end, self.was, self.text, self.line = kind, start, end, was, text, line
        self.number = None  # what MUT_() takes; those of tables have none
        self.path = None

    def __str__(self):
        def short(text):
            text = ' '.join(text.split())
            return text if len(text) <= 60 else text[:57] + '...'
        return f'{self.path}:{self.line}: {short(self.was)} -> {short(self.text) or "deleted"}'


def other_constant(text):
    """What stands for an integer or a character, or None."""
    match = NUMBER.match(text)
    if not match:
        return None
    if not match.group(1):
        return f'({text} + 1)'
    value, suffix = int(match.group(1), 0 if match.group(1)[:2] in ('0x', '0X') or match.group(1) == '0' else 10), match.group(2)
    if value in (0, 1):
        return f'{1 - value}{suffix}'
    if match.group(1)[:2] in ('0x', '0X') and value & (value - 1) and value > 15:
        return f'{value & (value - 1):#x}{suffix}'  # a mask without its lowest bit
    return f'{value + 1}{suffix}'


class File:
    def __init__(self, path, arguments, index):
        with open(path, 'rb') as file:
            self.source = file.read()
        self.path, self.mutants, self.edits, self.tables = path, [], [], []
        self.unit = index.parse(path, args=['-x', 'c', *arguments], options=cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
        errors = [d for d in self.unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
        if errors:
            raise SystemExit(f'{path}: {errors[0]}')
        self.macros = sorted(self.range(c) for c in self.unit.cursor.get_children()
                             if c.kind in (K.MACRO_INSTANTIATION, K.MACRO_DEFINITION) and self.here(c))
        self.macro_starts = [start for start, _ in self.macros]
        self.functions = []
        for cursor in self.unit.cursor.get_children():
            if not self.here(cursor):
                continue
            if cursor.kind == K.FUNCTION_DECL and cursor.is_definition():
                body = [c for c in cursor.get_children() if c.kind == K.COMPOUND_STMT]
                if body and not self.in_macro(*self.range(body[0])):
                    self.result = cursor.result_type.get_canonical().kind
                    self.result_pointer = self.result == T.POINTER
                    self.functions.append(self.range(cursor))
                    self.statement(body[0])
            elif cursor.kind == K.VAR_DECL:
                self.table(cursor)

    def detach(self):
        """Without what cannot be kept in a file."""
        self.unit = None
        return self

    def here(self, cursor):
        return cursor.location.file is not None and cursor.location.file.name == self.path

    @staticmethod
    def range(cursor):
        return cursor.extent.start.offset, cursor.extent.end.offset

    def text(self, start, end):
        return self.source[start:end].decode()

    def in_macro(self, start, end):
        """Inside of a macro's use, and not the whole of it."""
        at = bisect.bisect_right(self.macro_starts, start) - 1
        while at >= 0 and at >= bisect.bisect_right(self.macro_starts, start) - 4:
            s, e = self.macros[at]
            if s <= start < e and (s, e) != (start, end) and not (start <= s and e <= end):
                return True
            at -= 1
        return False

    def is_macro(self, start, end):
        at = bisect.bisect_left(self.macros, (start, end))
        return at < len(self.macros) and self.macros[at] == (start, end)

    def line(self, offset):
        return self.source.count(b'\n', 0, offset) + 1

    def mutant(self, kind, start, end, was, text):
        mutant = Mutant(kind, start, end, was, text, self.line(start))
        self.mutants.append(mutant)
        return mutant

    def replace(self, kind, start, end, text, was=None):
        """An expression that is another one under the mutant."""
        mutant = self.mutant(kind, start, end, was or self.text(start, end), text)
        self.edits.append((start, end, 'expr', text, mutant))

    # -- tables

    def table(self, cursor):
        start, end = self.range(cursor)
        if self.in_macro(start, end):
            return
        equals = self.source.find(b'=', start, end)
        if equals < 0:
            return
        depth = 0
        for token in self.unit.get_tokens(extent=cursor.extent):
            s, e = token.extent.start.offset, token.extent.end.offset
            depth += {'[': 1, ']': -1}.get(token.spelling, 0)
            if s <= equals or depth or token.kind != cindex.TokenKind.LITERAL:
                continue
            other = other_constant(token.spelling)
            # designators stand in brackets; the end of a list is found by its zeros, which then is found by the next
            if other:
                mutant = Mutant('table', s, e, token.spelling, other, self.line(s))
                self.tables.append(mutant)

    # -- statements

    def statement(self, node):
        kind = node.kind
        children = list(node.get_children())
        start, end = self.range(node)
        if self.in_macro(start, end) or (self.is_macro(start, end) and kind != K.COMPOUND_STMT):
            return
        if kind == K.COMPOUND_STMT:
            for child in children:
                self.sub(child)
        elif kind == K.DECL_STMT:
            for child in children:
                if child.kind == K.VAR_DECL:
                    self.variable(child)
        elif kind == K.IF_STMT:
            self.condition(children[0])
            for child in children[1:]:
                self.sub(child)
        elif kind == K.WHILE_STMT:
            self.condition(children[0])
            self.sub(children[1])
        elif kind == K.DO_STMT:
            self.sub(children[0])
            self.condition(children[1])
        elif kind == K.FOR_STMT:
            self.for_loop(node, children)
        elif kind == K.SWITCH_STMT:
            self.expression(children[0])
            self.sub(children[1])
        elif kind == K.CASE_STMT:
            self.sub(children[-1])
        elif kind in (K.DEFAULT_STMT, K.LABEL_STMT):
            self.sub(children[-1])
        elif kind == K.RETURN_STMT:
            if children:
                self.returned(children[0])
        elif kind.is_expression():
            self.expression(node, statement=True)

    def sub(self, node):
        """A statement in a place where one may be left out."""
        kind = node.kind
        start, end = self.range(node)
        if self.in_macro(start, end) or self.is_macro(start, end):
            return
        leave = kind in (K.CALL_EXPR, K.COMPOUND_ASSIGNMENT_OPERATOR, K.BINARY_OPERATOR, K.UNARY_OPERATOR, K.BREAK_STMT, K.CONTINUE_STMT)
        leave = leave or (kind == K.RETURN_STMT and not list(node.get_children()))
        if leave:
            semicolon = self.source.find(b';', end)
            if semicolon >= 0 and not self.source[end:semicolon].strip():
                mutant = self.mutant('statement', start, semicolon + 1, self.text(start, end), '')
                self.edits.append((start, semicolon + 1, 'stmt', '', mutant))
        self.statement(node)

    def for_loop(self, node, children):
        # which of the parts are there is told by the semicolons in the parentheses
        start, _ = self.range(node)
        body = children[-1]
        marks, depth = [], 0
        at = self.source.index(b'(', start)
        for offset in range(at, self.range(body)[0]):
            byte = self.source[offset:offset + 1]
            depth += {b'(': 1, b')': -1}.get(byte, 0)
            if byte == b';' and depth == 1:
                marks.append(offset)
        for child in children[:-1]:
            s, _ = self.range(child)
            if len(marks) == 2 and marks[0] < s < marks[1]:
                self.condition(child)
            elif child.kind == K.DECL_STMT:
                self.statement(child)
            else:
                self.expression(child, statement=True)
        self.sub(body)

    def variable(self, node):
        start, end = self.range(node)
        if node.storage_class == cindex.StorageClass.STATIC:
            self.table(node)
            return
        equals = self.source.find(b'=', start, end)
        for child in node.get_children():
            if equals >= 0 and child.kind.is_expression() and self.range(child)[0] > equals:
                self.expression(child)

    def returned(self, node):
        start, end = self.range(node)
        text = self.text(start, end)
        if self.in_macro(start, end):
            return
        plain = other_constant(text) or text in ('true', 'false', 'NULL')
        if not plain and self.result_pointer:
            self.replace('return', start, end, '((void *)0)')
        elif not plain and self.result == T.BOOL:
            if self.operator(node) not in TRUTH:
                self.replace('return', start, end, f'!({text})')
        elif not plain and self.result in NUMBERS:
            self.replace('return', start, end, '0')
            if re.fullmatch(r'-E[A-Z0-9]+', text):
                return
        self.expression(node)

    # -- expressions

    def peel(self, node):
        while node.kind in (K.UNEXPOSED_EXPR,):
            children = list(node.get_children())
            if len(children) != 1 or self.range(children[0]) != self.range(node):
                break
            node = children[0]
        return node

    def operator(self, node):
        node = self.peel(node)
        children = list(node.get_children())
        if self.is_macro(*self.range(node)):
            return None
        if node.kind == K.PAREN_EXPR:
            return self.operator(children[0])
        if node.kind in (K.BINARY_OPERATOR, K.COMPOUND_ASSIGNMENT_OPERATOR) and len(children) == 2:
            between = self.text(self.range(children[0])[1], self.range(children[1])[0])
            return re.sub(r'/\*.*?\*/', '', between, flags=re.S).strip()
        if node.kind == K.UNARY_OPERATOR:
            start, end = self.range(node)
            s, e = self.range(children[0])
            return self.text(start, s).strip() or self.text(e, end).strip()
        return None

    def condition(self, node):
        start, end = self.range(node)
        if self.in_macro(start, end):
            return
        if self.operator(node) not in TRUTH and self.text(start, end).strip('() ') not in ('true', 'false', '0', '1'):
            self.replace('condition', start, end, f'!({self.text(start, end)})')
        self.expression(node)

    def expression(self, node, statement=False, truth=False):
        node = self.peel(node)
        kind = node.kind
        start, end = self.range(node)
        if self.in_macro(start, end) or end > len(self.source):
            return
        if kind == K.CXX_UNARY_EXPR or (kind == K.UNEXPOSED_EXPR and self.source[start:start + 6] in (b'sizeof', b'_Gener')):
            return
        text = self.text(start, end)
        if self.is_macro(start, end):
            if text in ('true', 'false'):
                self.replace('constant', start, end, 'false' if text == 'true' else 'true')
            return
        children = list(node.get_children())
        operator = self.operator(node) if kind in (K.BINARY_OPERATOR, K.COMPOUND_ASSIGNMENT_OPERATOR, K.UNARY_OPERATOR) else None
        if kind in (K.INTEGER_LITERAL, K.CHARACTER_LITERAL):
            other = other_constant(text)
            if other:
                self.replace('constant', start, end, other)
            return
        if kind in (K.BINARY_OPERATOR, K.COMPOUND_ASSIGNMENT_OPERATOR) and len(children) == 2:
            left, right = children
            if operator in SWAP and not self.pointers(operator, left, right):
                l, r = self.text(start, self.range(left)[1]), self.text(self.range(right)[0], end)
                if operator in ('&&', '||'):
                    l, r = f'({l})', f'({r})'
                if kind == K.BINARY_OPERATOR:
                    l, r = f'({l})', f'({r})'
                self.replace('operator', start, end, f'{l} {SWAP[operator]} {r}')
            if operator in ('&&', '||'):
                for side in children:
                    s, e = self.range(side)
                    if not self.in_macro(s, e) and self.operator(side) not in SWAP and self.operator(side) not in TRUTH:
                        self.replace('condition', s, e, f'!({self.text(s, e)})')
        elif kind == K.UNARY_OPERATOR:
            s, e = self.range(children[0])
            operand = self.text(s, e)
            if operator in ('++', '--'):
                other = '--' if operator == '++' else '++'
                self.replace('operator', start, end, other + operand if start < s else operand + other)
            elif operator == '!':
                self.replace('operator', start, end, f'!!({operand})')
            elif operator in ('-', '~'):
                self.replace('operator', start, end, f'({operand})')
        elif kind == K.CONDITIONAL_OPERATOR:
            self.condition(children[0])
            children = children[1:]
        elif kind == K.CALL_EXPR:
            children = children[1:] if children and self.range(children[0])[0] == start else children
        for child in children:
            if child.kind.is_expression():
                if kind == K.INIT_LIST_EXPR and self.designator(child):
                    continue
                self.expression(child)

    @staticmethod
    def pointers(operator, left, right):
        is_pointer = [c.type.get_canonical().kind in (T.POINTER, T.CONSTANTARRAY, T.INCOMPLETEARRAY) for c in (left, right)]
        return (operator == '-' and all(is_pointer)) or (operator == '+' and is_pointer[1])

    def designator(self, node):
        start, end = self.range(node)
        return self.source[:start].rstrip()[-1:] == b'[' and self.source[end:end + 8].lstrip()[:1] == b']'

    # -- the text

    def schemata(self, first):
        """The source with the mutants numbered from first on."""
        edits = []
        for start, end, how, text, mutant in self.edits:
            mutant.number = first
            first += 1
            edits.append((start, -end, how, text, mutant))
        edits.sort(key=lambda edit: edit[:2])
        out, at = self.render(edits, 0, 0, len(self.source))
        assert at == len(edits), (self.path, edits[at])
        return out

    def render(self, edits, at, start, end):
        out = []
        while at < len(edits) and edits[at][0] < end:
            s, minus_e = edits[at][:2]
            same = at
            while same < len(edits) and edits[same][:2] == (s, minus_e):
                same += 1
            if -minus_e > end:
                raise SystemExit(f'{self.path}: {edits[at][4]} overlaps')
            out.append(self.text(start, s))
            inner, after = self.render(edits, same, s, -minus_e)
            for _, _, how, text, mutant in edits[at:same]:
                if how == 'stmt':
                    inner = f'{{ if (!MUT_({mutant.number})) {inner} }}'
                else:
                    inner = f'(MUT_({mutant.number}) ? ({flat(text)}) : ({inner}))'
            out.append(inner)
            start, at = -minus_e, after
        out.append(self.text(start, end))
        return ''.join(out), at


def flat(text):
    return re.sub(r'/\*.*?\*/', ' ', text, flags=re.S)
