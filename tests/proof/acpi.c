/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One ACPI table of LEN bytes, any content, decoded by acpi_decode(). TABLE: which. Arenas are arena.c of this folder. */
#include "__fc_builtin.h"
#include "decode/acpi.h"

#define ROOM 16

static uint8_t content[LEN ? LEN : 1];
static struct acpi_problem problems[ROOM]; /* room from the table before */
static struct acpi acpi = {.problems = problems, .problems_room = ROOM};
static struct arena arena;

int main(void)
{
	Frama_C_make_unknown((char *)content, sizeof(content));
	//@ widen_hints global:"all", 15, 16, 255, 256;
	return acpi_decode(&acpi, &arena, TABLE, bytes_of(content, LEN));
}
