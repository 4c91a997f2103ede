/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/session.h"

/* The first file that fits an interface is the only one that counts: one that sorts behind the default never does. */
static bool sorts_late(const char *name)
{
	struct slice s = slice_of(name);
	return slice_ends(s, ".link") && strcmp(name, "99-default.link") > 0;
}

static bool asks_for_vfs(struct slice text)
{
	return slice_has(text, "[SR-IOV]") || slice_has(text, "SR-IOVVirtualFunctions=");
}

static void say_it(struct run *run, const char *where, const char *name)
{
	struct finding *f = finding_new(
		run, &check_config_not_applied, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
		"%s asks for VFs and is never applied: it sorts behind 99-default.link, and only the first file that fits counts", name);
	finding_evidence(run, f, where, name, "a name that sorts before 99-default.link, such as 10-sriov.link", NULL);
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	if (run->any_vfs)
		return;
	const struct item *dir = snapshot_at(run->model->snap, NULL, "etc/systemd/network");
	for (const struct item *c = dir ? dir->child : NULL; c; c = c->next)
		if (c->kind == ITEM_FILE && c->state == ITEM_PRESENT && sorts_late(c->name) && asks_for_vfs(c->data)) {
			say_it(run, where_item(run, c, 0), c->name);
			return;
		}
	const struct session *s = session_of(run);
	for (size_t i = 0; s && i < s->commands_n; i++) {
		const struct session_command *c = &s->commands[i];
		size_t at = slice_find(c->command, "/systemd/network/");
		if (at == SIZE_MAX || !asks_for_vfs(c->answer))
			continue;
		struct slice rest = slice_from(c->command, at + sizeof("/systemd/network/") - 1), name;
		if (slice_token(&rest, " ;|", &name) && sorts_late(slice_text(run, name))) {
			say_it(run, say(run, "%s:%u", c->at.origin, c->at.line), slice_text(run, name));
			return;
		}
	}
}

const struct check check_config_not_applied = {
	.id = "config-not-applied",
	.rung = RUNG_ENABLED,
	.scope = SCOPE_HOST,
	.title = "a configuration file asks for VFs and is not the first that fits",
	.needs = "etc/systemd/network, a session",
	.source = "https://github.com/systemd/systemd/pull/16219",
	.run = judge,
};
