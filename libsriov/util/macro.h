/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attributes and small macros used everywhere. */
#ifndef SRIOV_UTIL_MACRO_H
#define SRIOV_UTIL_MACRO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define MUST_CHECK    __attribute__((warn_unused_result))
#define PRINTF(f, a)  __attribute__((format(printf, f, a)))

/* A limit in GiB; where addresses have 32 bits, half of all there is. */
#define LIMIT_GIB(n) ((n) <= SIZE_MAX / 2 >> 30 ? (size_t)(n) << 30 : SIZE_MAX / 2)

#endif
