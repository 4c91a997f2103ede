/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SRIOV_PRIVATE_H
#define SRIOV_PRIVATE_H

#include "sriov.h"
#include "util/macro.h"

#define SRIOV_EXPORT __attribute__((visibility("default")))

#endif
