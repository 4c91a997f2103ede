/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dlfcn.h>
#include <errno.h>

#include "lazy.h"

int lazy_load(const char *library, const char *const *names, void **functions, size_t n)
{
	void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
	if (!handle)
		return -ENOSYS;
	for (size_t i = 0; i < n; i++) {
		functions[i] = dlsym(handle, names[i]);
		if (!functions[i]) {
			dlclose(handle);
			return -ENOSYS;
		}
	}
	dlclose(handle); /* it stays: the next use finds it */
	return 0;
}
