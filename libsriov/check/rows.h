/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SRIOV_CHECK_ROWS_H
#define SRIOV_CHECK_ROWS_H

#include "check.h"

#define ROW(name) extern const struct check check_##name;
#include "rows.def"
#undef ROW

#endif
