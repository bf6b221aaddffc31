"""The small changes of a file that `scripts/bench mutation` tries, one at a time."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# Of cosmic-ray's operators, those that each say something new. Not used: `==` to `is` and back, the same for short
# strings and small numbers; `==` to `<` and the like, which fail where `!=` fails; `-1` to `+1`, `~1` and `not 1`, four
# names for one change; most changes between binary operators, which raise a TypeError that any test notices.
BINARY = ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "BitOr_BitAnd", "BitAnd_BitOr")
COMPARISON = ("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")
BOUNDARY = ("Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt")
OPERATORS = (
    *("AddNot", "ReplaceUnaryOperator_Delete_Not", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "NumberReplacer", "ReplaceUnaryOperator_Delete_USub"),
    *(f"ReplaceBinaryOperator_{pair}" for pair in BINARY),
    *(f"ReplaceComparisonOperator_{pair}" for pair in (*COMPARISON, *BOUNDARY)),
    *("ExceptionReplacer", "RemoveDecorator", "ZeroIterationForLoop"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
)
# Decorators whose loss or whose arguments only time, memory or a type checker can see.
QUIET_DECORATORS = {"functools.cache", "functools.lru_cache", "dataclass", "dataclasses.dataclass", "overload"}


class Mutant(NamedTuple):
    """One change of a file."""

    file: Path
    line: int
    operator: str
    occurrence: int


@functools.cache
def changed_text(change: Mutant) -> str:
    """The text of a change's file with the change."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    text = mutate_code(change.file.read_text("utf-8"), get_operator(f"core/{change.operator}")(), change.occurrence)
    assert text is not None, change
    return text


def mutants(file: Path) -> Iterator[Mutant]:
    """Every change of a file that can do something."""
    from cosmic_ray.ast import ast_nodes, get_ast_from_path
    from cosmic_ray.plugins import get_operator

    quiet = list(quiet_places(file.read_text("utf-8")))
    tree = get_ast_from_path(file)
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        starts = (start for node in ast_nodes(tree) for start, _ in operator.mutation_positions(node))
        for occurrence, start in enumerate(starts):
            if not any(begin <= start < end for begin, end in quiet):
                yield Mutant(file, start[0], name, occurrence)


def quiet_places(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where a change does nothing: annotations, imports for the type checker, `if __name__`, decorators as above.

    Nor is a change tried that makes what is no Python.
    """
    for node in ast.walk(ast.parse(text)):
        quiet = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.If) and ast.unparse(node.test).startswith(("TYPE_CHECKING", "__name__ ==")):
            quiet.append(node)
        if isinstance(node, ast.If | ast.IfExp | ast.While) and isinstance(node.test, ast.NamedExpr):
            quiet.append(node.test.target)  # "if not a := b" is no Python
        if isinstance(node, ast.ExceptHandler) and node.type and "." in ast.unparse(node.type):
            quiet.append(node.type)  # cosmic-ray can replace plain names only
        for decorator in getattr(node, "decorator_list", ()):
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if ast.unparse(called) in QUIET_DECORATORS:
                yield (decorator.lineno, decorator.col_offset - 1), (decorator.end_lineno, decorator.end_col_offset)
        for one in filter(None, quiet):
            yield (one.lineno, one.col_offset), (one.end_lineno, one.end_col_offset)


def changed_code(old: object, new: object) -> list[tuple[object, object]] | None:
    """(code, its change) of each function that a change is in; None if it is in what runs when the file is imported."""
    inner = [[const for const in code.co_consts if hasattr(const, "co_code")] for code in (old, new)]
    if own(old) != own(new) or len(inner[0]) != len(inner[1]):
        return None
    found = []
    for before, after in zip(*inner, strict=True):
        if before == after:
            continue
        if not before.co_flags & 2:  # CO_NEWLOCALS: not a function but the body of a class
            deeper = changed_code(before, after)
            if deeper is None:
                return None
            found += deeper
        else:
            found.append((before, after))
    return found


def own(code: object) -> tuple:
    return (code.co_code, code.co_names, [const for const in code.co_consts if not hasattr(const, "co_code")])
