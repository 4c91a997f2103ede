/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One ACPI table of LEN bytes, any content, decoded by acpi_decode(). TABLE: which. Arenas are arena.c of this folder. */
#include "__fc_builtin.h"
#include "decode/acpi.h"

static uint8_t content[LEN ? LEN : 1];
static struct acpi acpi;
static struct arena arena;

int main(void)
{
	Frama_C_make_unknown((char *)content, sizeof(content));
	return acpi_decode(&acpi, &arena, TABLE, bytes_of(content, LEN));
}
