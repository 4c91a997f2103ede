/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that runs out. The program is linked with --wrap for every allocator that the library uses (see Makemodule.am), so that an
 * allocation can be made to fail at each place that asks for one: a place is known by the calls that lead to it, and fails once.
 * With failing-calls.c and --wrap for what the library asks the kernel, so can those.
 *
 *	do {
 *		failing_arm();
 *		err = what_is_tested();
 *		failed = failing_disarm();
 *		assert_true(failed ? err == -ENOMEM : err == 0);
 *	} while (failed);
 */
#ifndef TESTS_FAILING_H
#define TESTS_FAILING_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

/* From here on the first allocation at a place that has not failed before fails; it alone. */
void failing_arm(void);
/* From here on the allocation behind the first n fails, wherever it is asked for; it alone. */
void failing_arm_at(size_t n);
/* The same as failing_arm() for calls of the kernel, which fail with an errno; 0: reads and writes do one byte. For each errno every place fails again. */
void failing_arm_calls(int error);
/* How many calls, the last ones, tell one place from another; 6 unless told, at most 14. */
void failing_depth(int calls);
/* For wrappers: is it now that this one fails? With which errno, then. */
bool failing_call(void);
int failing_error(void);
/* Everything works again; did one fail? */
bool failing_disarm(void);
/* How many places have failed so far. */
size_t failing_places(void);
/* The calls that led to the last failure, to stderr. */
void failing_tell(void);

/*
 * The expression, 0 or negative errno, is -ENOMEM for each place in it that allocates, and 0 in the end; again: what makes everything
 * as it was before.
 */
#define assert_needs_memory(expression, again)                                                            \
	do {                                                                                               \
		bool failed_;                                                                              \
		do {                                                                                       \
			failing_arm();                                                                     \
			int err_ = (expression);                                                           \
			failed_ = failing_disarm();                                                        \
			if (err_ != (failed_ ? -ENOMEM : 0)) {                                             \
				if (failed_)                                                               \
					failing_tell();                                                    \
				fail_msg("%s: %d, an allocation failed: %d", #expression, err_, failed_);  \
			}                                                                                  \
			if (failed_) {                                                                     \
				again;                                                                     \
			}                                                                                  \
		} while (failed_);                                                                         \
	} while (0)

#endif
