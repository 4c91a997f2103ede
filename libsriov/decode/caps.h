/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each cap-*.c defines, for caps.c. */
#ifndef SRIOV_DECODE_CAPS_H
#define SRIOV_DECODE_CAPS_H

#include "decode/field.h"

extern const struct cap_desc header_type0, header_type1, header_type2;
extern const struct cap_desc cap_pm, cap_msi, cap_vendor, cap_ssvid, cap_exp, cap_msix, cap_ea, cap_fpb;
extern const struct cap_desc cap_aer, cap_dsn, cap_vsec, cap_acs, cap_ari, cap_ats, cap_sriov, cap_multicast, cap_pri, cap_rebar, cap_tph, cap_ltr,
	cap_secondary, cap_pasid, cap_dpc, cap_l1ss, cap_ptm, cap_dvsec, cap_vf_rebar, cap_dlf, cap_pl16, cap_margin, cap_pl32, cap_doe, cap_dev3,
	cap_ide, cap_pl64, cap_siov;

#endif
