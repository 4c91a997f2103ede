/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every format takes every report; XML is well-formed whatever the texts are, and its fast and its plain version are the same. */
#include "unit.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include "report/emit.h"
#include "report/emit-xml.h"
#include "report/holes.h"
#include "decode/caps.h"
#include "sample.h"

static char *written(const char *format, const struct report *const *reports, size_t n, size_t *len)
{
	struct sink out;
	assert_int_equal(sink_to_memory(&out), 0);
	const struct emitter *emitter = emitter_find(format);
	assert_non_null(emitter);
	assert_int_equal(emitter->write(reports, n, &out), 0);
	char *text = sink_take(&out, len);
	assert_non_null(text);
	assert_int_equal(strlen(text), *len); /* no NUL gets out */
	return text;
}

static void every(void (*test)(const struct report *report))
{
	for (int s = 0; s < SAMPLE_COUNT; s++)
		for (int verbose = 0; verbose < 2; verbose++) {
			struct report *report = sample_new((enum sample)s, verbose);
			assert_non_null(report);
			test(report);
			sample_free(report);
		}
}

static void two_runs(const struct report *report)
{
	const struct report *const twice[] = {report, report};
	for (size_t i = 0; i < emitters_n; i++)
		for (size_t n = 1; n <= 2; n++) {
			size_t len, again;
			char *a = written(emitters[i].name, twice, n, &len), *b = written(emitters[i].name, twice, n, &again);
			assert_int_equal(len, again);
			assert_memory_equal(a, b, len);
			assert_true(len > 0);
			for (size_t k = 0; k < len; k++)
				assert_true((unsigned char)a[k] >= 0x20 || a[k] == '\n');
			free(a);
			free(b);
		}
}

static void test_two_runs(void **state)
{
	(void)state;
	every(two_runs);
}

static void well_formed(const struct report *report)
{
	const struct report *const reports[] = {report, report};
	size_t len;
	char *text = written("xml", reports, 2, &len);
	xmlDocPtr doc = xmlReadMemory(text, (int)len, "report.xml", NULL, XML_PARSE_NONET);
	assert_non_null(doc);
	xmlNodePtr root = xmlDocGetRootElement(doc);
	assert_string_equal((const char *)root->name, "sriov-reports");
	assert_string_equal((const char *)root->ns->href, XML_NAMESPACE);
	assert_int_equal(xmlChildElementCount(root), 2);
	xmlFreeDoc(doc);
	free(text);
}

static void test_well_formed(void **state)
{
	(void)state;
	every(well_formed);
	xmlCleanupParser();
}

static void same_twice(const struct report *report)
{
	char *texts[2];
	size_t len[2];
	for (int plain = 0; plain < 2; plain++) {
		struct sink out;
		assert_int_equal(sink_to_memory(&out), 0);
		struct xml_writer *xml = xml_writer_new(&out);
		assert_non_null(xml);
		if (plain)
			xml_writer_plain(xml);
		walk_reports(&report, 1, xml_writer_walker(xml));
		xml_writer_free(xml);
		texts[plain] = sink_take(&out, &len[plain]);
		assert_non_null(texts[plain]);
	}
	assert_string_equal(texts[0], texts[1]);
	free(texts[0]);
	free(texts[1]);
}

static void test_fast_is_plain(void **state)
{
	(void)state;
	every(same_twice);
}

/* The space of a function with one capability, and a PCI Express capability for what rows ask about their function. */
struct one_cap {
	uint8_t bytes[4096];
	struct config_image image;
	struct cap cap;
	struct fn fn;
};

static void one_cap_make(struct one_cap *one, const struct cap_desc *desc, unsigned *seed)
{
	size_t at = desc->space == CAP_EXTENDED ? 0x200 : 0xa0;
	for (size_t i = 0; i < sizeof(one->bytes); i++) {
		*seed = *seed * 1664525 + 1013904223;
		one->bytes[i] = (uint8_t)(*seed >> 24 & (*seed >> 16)); /* sparse: lengths and counts stay small */
	}
	one->bytes[0x34] = 0x40;
	one->bytes[0x40] = 0x10;
	one->bytes[0x41] = 0;
	one->image = (struct config_image){.view = bytes_of(one->bytes, sizeof(one->bytes))};
	one->cap = (struct cap){
		.at = {.id = desc->id, .offset = (uint16_t)at, .space = desc->space, .version = 1}, .desc = desc,
		.bytes = bytes_part(&one->image.view, at, (desc->space == CAP_EXTENDED ? 4096 : 256) - at),
	};
	one->fn = (struct fn){.config = &one->image, .caps = &one->cap, .caps_n = 1, .exp_type = EXP_TYPE_UNKNOWN, .std_end = WALK_END, .ext_end = WALK_END};
}

/* What is remembered of a capability depends on all that its text depends on: any byte may change in between. */
static void test_remembered_is_plain(void **state)
{
	(void)state;
	static struct one_cap one;
	unsigned seed = 1;
	for (size_t d = 0; d < cap_descs_n; d++) {
		if (cap_descs[d]->space == CAP_HEADER)
			continue;
		for (int verbose = 0; verbose < 2; verbose++) {
			const struct report report = {.verbose = verbose};
			struct sink out[2];
			struct xml_writer *xml[2];
			for (int plain = 0; plain < 2; plain++) {
				assert_int_equal(sink_to_memory(&out[plain]), 0);
				xml[plain] = xml_writer_new(&out[plain]);
				assert_non_null(xml[plain]);
				xml_writer_walker(xml[plain])->ops->open(xml_writer_walker(xml[plain]), EL_REPORT);
			}
			xml_writer_plain(xml[1]);
			one_cap_make(&one, cap_descs[d], &seed);
			for (unsigned round = 0; round < 300; round++) {
				seed = seed * 1664525 + 1013904223;
				size_t where = round % 4 == 3 ? seed >> 8 & 0x4f : one.cap.at.offset + (seed >> 8 & 0x3f);
				for (int twice = 0; twice < 3; twice++)
					for (int plain = 0; plain < 2; plain++)
						walk_one_function(&report, &one.fn, xml_writer_walker(xml[plain]));
				if (where != 0x34 && where != 0x40 && where != 0x41)
					one.bytes[where] ^= (uint8_t)(1u << (seed >> 28 & 7));
			}
			size_t len[2];
			char *text[2];
			for (int plain = 0; plain < 2; plain++) {
				xml_writer_free(xml[plain]);
				text[plain] = sink_take(&out[plain], &len[plain]);
				assert_non_null(text[plain]);
			}
			if (len[0] != len[1] || memcmp(text[0], text[1], len[0]) != 0) {
				size_t i = 0;
				while (text[0][i] == text[1][i])
					i++;
				fail_msg("%s%s: what was remembered is not what would be written: %.150s, not %.150s", cap_descs[d]->name,
					 verbose ? " (-v)" : "", text[0] + i - 40, text[1] + i - 40);
			}
			free(text[0]);
			free(text[1]);
		}
	}
}

static void test_names(void **state)
{
	(void)state;
	for (int i = 0; i < EL_COUNT; i++) {
		assert_non_null(element_names[i].name);
		assert_true(strlen(element_names[i].name) < 30);
	}
	for (int i = 0; i < ATTR_COUNT; i++) {
		assert_non_null(attribute_names[i]);
		assert_true(strlen(attribute_names[i]) < 30);
	}
	assert_ptr_equal(emitter_for_file("/tmp/x.xml"), emitter_find("xml"));
	assert_null(emitter_for_file("/tmp/x"));
	assert_null(emitter_find("nonsense"));
}

/* What the contract promises of the XML, word for word. */
static void test_contract(void **state)
{
	(void)state;
	struct report *report = sample_new(SAMPLE_BROKEN, false);
	const struct report *reports[] = {report};
	size_t len;
	char *text = written("xml", reports, 1, &len);
	static const char *const want[] = {
		"<sriov-report xmlns=\"urn:libsriov:report:1\" tool=\"sriov-check\" tool-version=\"",
		"goal=\"assign\" verdict=\"blocked\" source=\"sample.tar\" source-kind=\"archive\">",
		"<function address=\"0000:01:00.0\" role=\"pf\" vendor=\"8086\" device=\"10c9\" class=\"020000\"",
		"<capability id=\"0x0010\" kind=\"extended\" name=\"SR-IOV\" offset=\"0x160\" version=\"1\">",
		"<field name=\"TotalVFs\" register=\"0x0e\" width=\"16\" value=\"8\"/>",
		"<field name=\"VF Device ID\" register=\"0x1a\" width=\"16\" value=\"0x10ca\"/>",
		"<field name=\"VF Enable\" register=\"0x08\" width=\"1\" value=\"0\" bit=\"0\"/>",
		"<vf index=\"0\" address=\"0000:01:10.0\" exists=\"",
		"<ladder address=\"0000:01:00.0\" reached=\"routable\"",
		"<rung name=\"resourced\" state=\"fail\"/>",
		"<plan address=\"0000:01:00.0\" vfs=\"7\" outcome=\"ENOMEM\" max-vfs=\"0\" limited-by=\"mmio\" driver-may-refuse=\"true\"",
		"<threshold vfs=\"8\" limit=\"driver\" remedy=\"max_vfs of igb\"/>",
		"<remedy kind=\"window\" limit=\"mmio\" port=\"0000:00:01.0\" size=\"0x200200000\" before=\"0\" after=\"7\">a larger window</remedy>",
		"<remedy kind=\"slot\" limit=\"mmio\" port=\"0000:00:01.0\" slot=\"3\" before=\"0\" after=\"7\">",
		"<routing ari=\"on\" current=\"false\" how=\"device-table\" vfs=\"7\" first-offset=\"128\" stride=\"2\" buses=\"01-01\" reached=\"7\"",
		"<range from=\"0\" to=\"6\" first=\"0000:01:10.0\" last=\"0000:01:11.4\" reached=\"true\"/>",
		"<routing ari=\"off\" current=\"true\" how=\"read\" vfs=\"7\" first-offset=\"384\" stride=\"2\" num-vfs=\"0\" buses=\"01-02\" reached=\"0\">",
		"<range from=\"0\" to=\"6\" first=\"0000:02:10.0\" last=\"0000:02:11.4\" reached=\"false\"/>",
		"<memory index=\"0\" type=\"64\" prefetchable=\"true\" assigned=\"false\" size=\"0x40000000\" align=\"0x40000000\"",
		"lacks=\"0x1fff80000\" grown=\"0x200200000\"/>",
		"need=\"01-02\" reservable=\"02-04\" spare=\"250\" why=\"bus 05 is in use\"/>",
		"<setting name=\"Above 4G\" wanted=\"on\" found=\"off\" how=\"inferred\"",
		"<finding id=\"above-4g-off\" subject=\"host\" rung=\"resourced\" state=\"fail\" severity=\"error\" role=\"root\" confidence=\"certain\">",
		"role=\"consequence\" confidence=\"certain\" because=\"above-4g-off\">",
		"<evidence where=\"proc/iomem:12\" value=\"a0000000-fbffffff : PCI Bus 0000:00\" expected=\"a window that ends above 0xffffffff\"/>",
		"<remedy>\n      <step>In the firmware",
		"<reference kind=\"spec\">PCIe 6.0 9.3.3.14</reference>",
	};
	for (size_t i = 0; i < ARRAY_SIZE(want); i++)
		if (!strstr(text, want[i]))
			fail_msg("not in the XML: %s", want[i]);
	free(text);
	sample_free(report);
}

static bool is_hole(const struct holes *holes, const char *name)
{
	for (size_t i = 0; i < holes->n; i++)
		if (!strcmp(holes->fields[i]->name, name))
			return true;
	return false;
}

/* What differs from PF to PF is left out of what is remembered; what other rows, or the rows that are there, follow from is not. */
static void test_holes(void **state)
{
	(void)state;
	struct holes holes;
	holes_find(&cap_sriov, &holes);
	assert_true(is_hole(&holes, "TotalVFs") && is_hole(&holes, "VF Device ID") && is_hole(&holes, "VF BAR0") && is_hole(&holes, "VF BAR5"));
	assert_false(is_hole(&holes, "VF Enable") || is_hole(&holes, "VF Migration Status"));  /* bits of a register */
	assert_false(is_hole(&holes, "VF Migration State Array Offset")); /* the BIR is in the same register */
	uint8_t bytes[0x40];
	memset(bytes, 0xff, sizeof(bytes));
	holes_blank(&holes, bytes);
	assert_int_equal(bytes[0x0e], 0);
	assert_int_equal(bytes[0x0f], 0);
	assert_int_equal(bytes[0x08], 0xff);
	assert_int_equal(bytes[0x3c], 0xff);
	holes_find(&cap_exp, &holes); /* which registers it has follows from its version and type */
	assert_int_equal(holes.n, 0);
	assert_ptr_equal(holes.desc, &cap_exp);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_runs),   cmocka_unit_test(test_well_formed), cmocka_unit_test(test_fast_is_plain), cmocka_unit_test(test_remembered_is_plain),
		cmocka_unit_test(test_names),      cmocka_unit_test(test_contract), cmocka_unit_test(test_holes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
