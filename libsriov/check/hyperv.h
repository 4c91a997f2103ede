/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Microsoft's rules ask for beyond Linux's: an obstacle in the profile hyperv, a word on the side in the other. */
#ifndef SRIOV_CHECK_HYPERV_H
#define SRIOV_CHECK_HYPERV_H

#include "facts.h"

static inline enum finding_state hyperv_state(const struct run *run)
{
	return run->ask.profile == PROFILE_HYPERV ? FINDING_FAIL : FINDING_INFORMATIONAL;
}

/* The rules are those of a host that runs on the machine itself. */
static inline bool hyperv_asked(const struct run *run)
{
	const struct host *h = &run->model->host;
	return !run->guest && h->kind != HOST_GUEST && h->kind != HOST_CONTAINER;
}

/* What Get-VMHost, Get-NetAdapterSriov or the survey said in a session: the first answer that holds one of the words. */
struct session_query;
const struct session_query *hyperv_said(const struct run *run, const char *word);
/* Findings of the checks whose reason Windows named in a session. */
void hyperv_named(struct run *run);

#endif
