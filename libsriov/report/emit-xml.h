/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XML from the walk. A writer takes what walk_*() says piece by piece, so a dump can be written function by function. */
#ifndef SRIOV_REPORT_EMIT_XML_H
#define SRIOV_REPORT_EMIT_XML_H

#include "report/walk.h"

#define XML_NAMESPACE "urn:libsriov:report:1"

struct xml_writer;

/* The declaration is written at once. NULL when memory is exhausted. */
struct xml_writer *xml_writer_new(struct sink *out) MUST_CHECK;
/* What walk_*() is given. */
struct walker *xml_writer_walker(struct xml_writer *xml);
/* Without prefixes for fields: the plain version, which the fast one is compared with. */
void xml_writer_plain(struct xml_writer *xml);
/* The last newline; frees the writer. */
void xml_writer_free(struct xml_writer *xml);

#endif
