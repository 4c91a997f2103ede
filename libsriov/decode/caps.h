/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each cap-*.c defines, for caps.c. */
#ifndef SRIOV_DECODE_CAPS_H
#define SRIOV_DECODE_CAPS_H

#include "decode/field.h"

extern const struct cap_desc header_type0, header_type1, header_type2;
extern const struct cap_desc cap_exp;
extern const struct cap_desc cap_ari, cap_acs, cap_sriov;

#endif
