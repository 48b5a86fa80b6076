"""The loops of a funnel, compiled: one walk over the days, with each person's state between them.

Times are milliseconds since the first day, plus the window and one, so that 0, a start that was never, is out
of every window. Events of the same moment go by the order of the steps, as in all engines. Holds no answers.
"""

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

MANY = 255  # of a code: several steps at once, to be looked up in the masks
AHEAD = 12  # how many people ahead their state is fetched into the cache


@intrinsic
def _prefetch(typing, array, at):
    """Ask for the cache line of `array[at]`: people of a day lie far apart in memory."""

    def generate(context, builder, signature, values):
        from numba.core import cgutils

        held = context.make_array(signature.args[0])(context, builder, values[0])
        place = builder.bitcast(builder.gep(held.data, [values[1]]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, number, number, number])
        call = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(call, [place, number(1), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


@njit(cache=True, nogil=True, error_model="numpy")
def ordered(day, low, high, start, single, masks, within, width, state, took, counts):
    """Walk over people `low` to `high` of a day (people, offsets, times, codes); `width` places a person.

    `single` (uint8) is the step of a code from 0, `width - 2` for none, MANY for several. Of a person's
    places in `state` (int64) the first holds the steps ever reached as bits, the others for each step the
    latest start from which it was reached, 0 for never; what is no step goes to the last one, so that no
    branch is missed. Whenever somebody reaches a step for the first time, the milliseconds it took are put
    at the end of `took[step]`, and `counts[step]` goes up.
    """
    people, offsets, times, codes = day
    zero, one, none = np.uint64(0), np.uint64(1), np.uint64(width - 2)
    scratch = np.int64(1) << np.int64(width - 2)
    for p in range(low, high):
        if p + AHEAD < high:
            _prefetch(state, np.intp(people[p + AHEAD]) * width)
        base = np.uint64(people[p]) * np.uint64(width)
        got = state[base] | scratch
        i, end = np.uint64(offsets[p]), np.uint64(offsets[p + 1])
        while i < end:
            moment = times[i]
            at = start + np.int64(moment)
            step = np.uint64(single[codes[i]])
            rest = np.uint32(0)
            i += one
            if (i < end and times[i] == moment) or step == MANY:
                rest = masks[codes[i - one]]
                while i < end and times[i] == moment:
                    rest |= masks[codes[i]]
                    i += one
                step = none
            while True:
                if rest:
                    step = zero
                    while not rest >> step & one:
                        step += one
                    rest &= rest - np.uint32(1)
                here = base + step + one
                state[base] = at  # before the first step lies the moment itself
                begun = state[here - one]
                inside = at - begun <= within
                # A place, not a branch: whether it is can't be foretold, and a branch missed costs more
                # than all of this. So with the times below, which are only kept where `counts` goes on.
                state[here] = state[here - np.uint64(inside)]
                fresh = (np.int64(inside) << np.int64(step)) & ~got
                took[step, np.uint64(counts[step])] = at - begun
                counts[step] += fresh >> np.int64(step)
                got |= fresh
                if not rest:
                    break
        state[base] = got


@njit(cache=True, nogil=True)
def guarded(day, low, high, start, masks, steps, within, entries, spans, state, took, counts):
    """The same with exclusions, or counting entries; `state` is 1 + 3 × `steps` places of each person.

    Of each step: the latest start, when it was reached from there, the start last counted. Bit `steps` + x
    of a mask is exclusion x, which ends what waits at steps `spans[x, 0]` to `spans[x, 1]` (from 0, both
    included).
    """
    people, offsets, times, codes = day
    for p in range(low, high):
        own = state[people[p]]
        i, end = offsets[p], offsets[p + 1]
        while i < end:
            moment, mask = times[i], np.uint32(0)
            while i < end and times[i] == moment:
                mask |= masks[codes[i]]
                i += 1
            if not mask:
                continue
            at = start + np.int64(moment)
            for k in range(steps):
                if not mask >> np.uint32(k) & np.uint32(1):
                    continue
                begun = at if k == 0 else own[1 + 3 * (k - 1)]
                if at - begun > within:
                    continue
                own[1 + 3 * k], own[2 + 3 * k] = begun, at
                if begun > own[3 + 3 * k] and (entries or own[3 + 3 * k] == 0):
                    own[3 + 3 * k] = begun
                    own[0] |= 1 << k
                    took[k, counts[k]] = at - begun
                    counts[k] += 1
            for x in range(len(spans)):
                if mask >> np.uint32(steps + x) & np.uint32(1):
                    for k in range(spans[x, 0], spans[x, 1] + 1):
                        if own[2 + 3 * k] < at:
                            own[1 + 3 * k] = 0


@njit(cache=True, nogil=True)
def strict(day, low, high, start, masks, steps, within, entries, state, took, counts):
    """The same where each event has to follow the one before directly; `state` as in `guarded`."""
    people, offsets, times, codes = day
    for p in range(low, high):
        own = state[people[p]]
        i, end = offsets[p], offsets[p + 1]
        while i < end:
            last = i + 1
            while last < end and times[last] == times[i]:
                last += 1
            at = start + np.int64(times[i])
            # Within a moment lower steps come first and what is none last: one round each.
            for wanted in range(steps + 1):
                for row in range(i, last):
                    mask = masks[codes[row]]
                    lowest = 0
                    while lowest < steps and not mask >> np.uint32(lowest) & np.uint32(1):
                        lowest += 1
                    if lowest == wanted:
                        _follow(own, mask, steps, at, within, entries, took, counts)
            i = last


@njit(cache=True, nogil=True)
def _follow(own, mask, steps, at, within, entries, took, counts):
    """One event: attempts that wait for it go on, all others are over."""
    for k in range(steps - 1, -1, -1):
        begun = at if k == 0 else own[1 + 3 * (k - 1)]
        if not mask >> np.uint32(k) & np.uint32(1) or at - begun > within:
            own[1 + 3 * k] = 0
            continue
        own[1 + 3 * k] = begun
        if begun > own[3 + 3 * k] and (entries or own[3 + 3 * k] == 0):
            own[3 + 3 * k] = begun
            own[0] |= 1 << k
            took[k, counts[k]] = at - begun
            counts[k] += 1


@njit(cache=True, nogil=True)
def unordered(day, low, high, start, masks, steps, within, state, took, counts):
    """How many of the steps somebody does within the window, in whatever order; `state` is 1 + `steps`
    places.

    The first holds the most ever reached, the others when each step was last done. Bits from `steps` on are
    exclusions: what was done before them no longer counts.
    """
    people, offsets, times, codes = day
    for p in range(low, high):
        own = state[people[p]]
        i, end = offsets[p], offsets[p + 1]
        while i < end:
            moment, mask = times[i], np.uint32(0)
            while i < end and times[i] == moment:
                mask |= masks[codes[i]]
                i += 1
            if not mask:
                continue
            at, recent = start + np.int64(moment), 0
            for k in range(steps):
                if mask >> np.uint32(k) & np.uint32(1):
                    own[1 + k] = at
                recent += at - own[1 + k] <= within
            lasts = np.sort(own[1:])[::-1] if recent > own[0] else own[1:]
            for level in range(own[0], recent):
                own[0] = level + 1
                took[level, counts[level]] = at - lasts[level]
                counts[level] += 1
            if mask >> np.uint32(steps):
                for k in range(steps):
                    if own[1 + k] < at:
                        own[1 + k] = 0
