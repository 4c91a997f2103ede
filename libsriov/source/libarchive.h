/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libarchive, loaded when an archive is read or written. */
#ifndef SRIOV_SOURCE_LIBARCHIVE_H
#define SRIOV_SOURCE_LIBARCHIVE_H

#ifdef HAVE_ARCHIVE
#include <archive.h>
#include <archive_entry.h>

#include "lazy.h"

#define LIBARCHIVE "libarchive.so.13"

#define LIBARCHIVE_CALLS(X) \
	X(archive_entry_filetype) X(archive_entry_free) X(archive_entry_hardlink) X(archive_entry_new) X(archive_entry_pathname) \
	X(archive_entry_pathname_utf8) X(archive_entry_set_filetype) X(archive_entry_set_mtime) X(archive_entry_set_pathname) \
	X(archive_entry_set_perm) X(archive_entry_set_size) X(archive_entry_set_symlink) X(archive_entry_size) \
	X(archive_entry_symlink) X(archive_errno) X(archive_error_string) X(archive_file_count) X(archive_filter_bytes) \
	X(archive_liblzma_version) X(archive_libzstd_version) X(archive_read_data) X(archive_read_data_block) X(archive_read_free) \
	X(archive_read_new) X(archive_read_next_header) X(archive_read_open_memory) X(archive_read_support_filter_gzip) \
	X(archive_read_support_filter_xz) X(archive_read_support_filter_zstd) X(archive_read_support_format_tar) \
	X(archive_write_add_filter_gzip) X(archive_write_add_filter_xz) X(archive_write_add_filter_zstd) X(archive_write_close) \
	X(archive_write_data) X(archive_write_free) X(archive_write_header) X(archive_write_new) X(archive_write_open) \
	X(archive_write_set_bytes_in_last_block) X(archive_write_set_filter_option) X(archive_write_set_format_pax_restricted) \
	X(archive_zlib_version)

struct libarchive {
	LIBARCHIVE_CALLS(LAZY_POINTER)
};

/* 0 or -ENOSYS: it is not installed. */
static inline int libarchive_load(struct libarchive *lib)
{
	static const char *const names[] = {LIBARCHIVE_CALLS(LAZY_NAME)};
	_Static_assert(sizeof(*lib) == sizeof(names), "pointers only, in the names' order");
	return lazy_load(LIBARCHIVE, names, (void **)(void *)lib, ARRAY_SIZE(names));
}

#endif
#endif
