/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/session.h"

static const char *const places[] = {"etc/udev/rules.d", "etc/systemd/system", "etc/systemd/network",
				     "etc/modprobe.d",   "etc/network",        "etc/NetworkManager/system-connections"};

static bool folder_asks(const struct snapshot *snap, const char *path)
{
	const struct item *dir = snapshot_at(snap, NULL, path);
	for (const struct item *c = dir ? dir->child : NULL; c; c = c->next)
		if (c->kind == ITEM_FILE && c->state == ITEM_PRESENT &&
		    (slice_has(c->data, "sriov") || slice_has(c->data, "SR-IOV") || slice_has(c->data, "num_vfs") ||
		     slice_has(c->data, "max_vfs")))
			return true;
	return false;
}

/* Nothing makes VFs at boot. It matters where VFs are gone after a start: the log shows that they were there, or somebody says so. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct session *s = session_of(run);
	const struct session_command *restarted = NULL;
	const struct session_write *made = NULL;
	for (size_t i = 0; s && i < s->commands_n; i++)
		if (slice_has(s->commands[i].command, "reboot") || slice_has(s->commands[i].command, "shutdown -r"))
			restarted = &s->commands[i];
	for (size_t i = 0; s && i < s->writes_n; i++)
		if (!strcmp(s->writes[i].attribute, "sriov_numvfs") && s->writes[i].result == WRITE_OK &&
		    s->writes[i].number)
			made = &s->writes[i];
	bool captured = false;
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		if (folder_asks(run->model->snap, places[i]))
			return;
		captured |= snapshot_at(run->model->snap, NULL, places[i]) != NULL;
	}
	if (run->any_vfs || !restarted || !made || made->at.line > restarted->at.line)
		return;
	struct finding *f = finding_new(run, &check_not_persistent, NULL, FINDING_FAIL, SEVERITY_ERROR,
					captured ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
					"VFs were made by hand before the restart, and nothing makes them again when the machine starts");
	finding_evidence(run, f, say(run, "%s:%u", made->at.origin, made->at.line), say(run, "%s written to sriov_numvfs", made->value),
			 NULL, NULL);
	finding_evidence(run, f, say(run, "%s:%u", restarted->at.origin, restarted->at.line), slice_text(run, restarted->command), NULL,
			 NULL);
}

const struct check check_not_persistent = {
	.id = "not-persistent",
	.rung = RUNG_ENABLED,
	.scope = SCOPE_HOST,
	.title = "nothing makes the VFs when the machine starts",
	.needs = "etc/udev/rules.d, etc/systemd, etc/modprobe.d, a session",
	.run = judge,
};
