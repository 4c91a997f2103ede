/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Libraries that few runs need, and that bring a dozen others with them: loaded when they are used, as loading them takes longer
 * than the rest of a run on a small host. Without them everything else works.
 */
#ifndef SRIOV_SOURCE_LAZY_H
#define SRIOV_SOURCE_LAZY_H

#include "util/macro.h"

/* Loads a library, which then stays, and its functions by name. 0 or -ENOSYS. */
int lazy_load(const char *library, const char *const *names, void **functions, size_t n) MUST_CHECK;

/* For X-lists of functions: a struct of pointers to them, and their names. */
#define LAZY_POINTER(name) __typeof__(name) *name;
#define LAZY_NAME(name)    #name,

#endif
