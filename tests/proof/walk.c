/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration space of LEN bytes, any content, every byte known or not: both lists are walked. */
#include "__fc_builtin.h"
#include "decode/walk.h"

extern volatile int any;

static uint8_t content[LEN ? LEN : 1], mask[LEN ? LEN : 1];
static struct cap_walk walk;

int main(void)
{
	Frama_C_make_unknown((char *)content, sizeof(content));
	Frama_C_make_unknown((char *)mask, sizeof(mask));
	struct bytes config = bytes_of(content, LEN);
	if (any)
		config.known = mask;
	//@ widen_hints global:"all", 47, 48, 1007, 1008;
	walk_caps(&config, &walk);
	/* a turn of either loop adds one: so many turns at most */
	//@ assert walk.n <= CAPS_STD_MAX + CAPS_EXT_MAX;
	return 0;
}
