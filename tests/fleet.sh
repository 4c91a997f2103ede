#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# contrib/ and docs/fleet.md, with what is installed: each part that can be run is run on fixtures; what misses its tool is named.
set -uo pipefail
LC_ALL=C
export LC_ALL
top=${srcdir:-$(pwd)}
check=$(readlink -f tools/sriov-check)
dump=$(readlink -f tools/sriov-dump)
healthy=$top/fixtures/trap-healthy/root
broken=$top/fixtures/cause-vfs-not-requested/root
python=$(command -v /usr/bin/python3 || command -v python3)
tmp=$(mktemp -d) || exit 1
pids=()
finish() {
	[ ${#pids[@]} -eq 0 ] || { kill "${pids[@]}"; wait "${pids[@]}"; } 2>/dev/null
	rm -rf "$tmp"
}
trap finish EXIT
bad=0 ran=0
fail() { echo "FAIL: $*"; bad=1; }
have() { # TOOL... for WHAT: said, where one misses
	local all="$*" tool
	local what=${all#* for }
	for tool in ${all%% for *}; do
		command -v "$tool" >/dev/null || { echo "not tested: $what ($tool is not there)"; return 1; }
	done
	ran=$((ran + 1))
}

# what docs/fleet.md asks: SQLite and jq give one answer, and so do the others where they are
queries() {
	local name
	mkdir "$tmp/fleet" "$tmp/asked"
	for name in trap-healthy cause-vfs-not-requested cause-bus-numbers-exhausted cause-iommu-off-cmdline trap-guest-azure cause-pf-driver-not-bound; do
		ln -s "$top/fixtures/$name/root" "$tmp/fleet/$name"
	done
	(cd "$tmp/fleet" && "$check" -f jsonl -o fleet.jsonl -- *)
	[ "$(grep -c '^{"type": "host", ' "$tmp/fleet/fleet.jsonl")" = 6 ] || fail "jsonl: six hosts"
	awk -v dir="$tmp/asked" '/^```./ { file = substr($0, 4); named = file == "sqlite" || file == "duckdb"; out = dir "/" file; next }
		/^```/ { file = ""; next } file && !named { out = dir "/" file "-" $2; named = 1; next } file { print > out }' "$top/docs/fleet.md"
	for sql in "$tmp"/asked/sql-*; do
		name=${sql##*/sql-}
		(cd "$tmp/fleet" && cat "$tmp/asked/sqlite" "$sql" | sqlite3 -batch :memory:) | tr -d '\r' >"$tmp/asked.sqlite"
		jq -rs -f "$tmp/asked/jq-$name" "$tmp/fleet/fleet.jsonl" >"$tmp/asked.jq"
		[ -s "$tmp/asked.jq" ] || fail "query $name: no answer"
		diff "$tmp/asked.sqlite" "$tmp/asked.jq" || fail "query $name: SQLite and jq differ"
		[ -s "$tmp/asked/clickhouse-$name" ] || fail "query $name: not there for ClickHouse"
		if command -v duckdb >/dev/null; then
			(cd "$tmp/fleet" && cat "$tmp/asked/duckdb" "$sql" | duckdb -noheader -separator "$(printf '\t')" -list) | diff - "$tmp/asked.jq" || fail "query $name: DuckDB"
		fi
		if command -v clickhouse-local >/dev/null; then
			(cd "$tmp/fleet" && clickhouse-local --queries-file "$tmp/asked/clickhouse-$name") | diff - "$tmp/asked.jq" || fail "query $name: ClickHouse"
		fi
	done
	grep -qx "ready$(printf '\t')2" <(jq -rs -f "$tmp/asked/jq-verdicts" "$tmp/fleet/fleet.jsonl") || fail "query verdicts: two hosts are ready"
}

# rules and dashboard name only metrics that are written, and both are PromQL
rules() {
	promtool check rules "$top/contrib/prometheus/sriov.rules.yml" >"$tmp/out" 2>&1 || fail "rules: $(cat "$tmp/out")"
	(cd "$top/contrib/prometheus" && promtool test rules sriov.rules.test.yml) >"$tmp/out" 2>&1 || fail "rules: $(cat "$tmp/out")"
	jq '{groups: [{name: "dashboard", rules: [.panels[].targets[].expr | sub("\\$instance"; ".*") | {record: "x", expr: .}] | to_entries | map({record: "x\(.key)", expr: .value.expr})}]}' \
		"$top/contrib/grafana/sriov.json" >"$tmp/dashboard.yml"
	promtool check rules "$tmp/dashboard.yml" >"$tmp/out" 2>&1 || fail "dashboard: $(cat "$tmp/out")"
	"$check" -f prometheus "$broken" | sed -n 's/^# TYPE \([^ ]*\) .*/\1/p' | sort >"$tmp/written"
	grep -oh 'sriov_[a-z_]*' "$top/contrib/prometheus/sriov.rules.yml" "$tmp/dashboard.yml" | sort -u | comm -23 - "$tmp/written" >"$tmp/unknown"
	[ ! -s "$tmp/unknown" ] || fail "no such metric: $(cat "$tmp/unknown")"
}

wait_for() { # SECONDS COMMAND...
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.5
	done
}
port() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
ask() { curl -sf --noproxy '*' --max-time 5 "$@"; }
says() { ask "http://127.0.0.1:$served/api/v1/query" --data-urlencode "query=$1" | jq -e '.data.result | length > 0'; }
fires() { ask "http://127.0.0.1:$served/api/v1/alerts" | jq -e --arg name "$1" '.data.alerts[] | select(.labels.alertname == $name and .state == "firing")'; }

# the textfile scraped, a fixture breaks, alerts fire; the rules' patience alone is shortened
alerts() {
	local exported
	exported=$(port) served=$(port)
	mkdir "$tmp/text" "$tmp/tsdb"
	"$check" -o "$tmp/text/sriov.prom" "$healthy"
	prometheus-node-exporter --web.listen-address="127.0.0.1:$exported" --collector.disable-defaults --collector.textfile \
		--collector.textfile.directory="$tmp/text" >"$tmp/exporter.log" 2>&1 &
	pids+=($!)
	wait_for 20 ask "http://127.0.0.1:$exported/metrics" || { fail "node_exporter: $(tail -n 3 "$tmp/exporter.log")"; return; }
	ask "http://127.0.0.1:$exported/metrics" >"$tmp/metrics"
	grep -q '^node_textfile_scrape_error 0$' "$tmp/metrics" || fail "node_exporter does not take the textfile"
	grep -q '^sriov_verdict{goal="assign",verdict="ready"} 1$' "$tmp/metrics" || fail "node_exporter lacks the verdict"
	sed 's/for: 5m/for: 1s/' "$top/contrib/prometheus/sriov.rules.yml" >"$tmp/rules.yml"
	printf '%s\n' 'global: {scrape_interval: 1s, evaluation_interval: 1s}' "rule_files: [$tmp/rules.yml]" \
		"scrape_configs: [{job_name: node, static_configs: [{targets: ['127.0.0.1:$exported']}]}]" >"$tmp/prometheus.yml"
	prometheus --config.file="$tmp/prometheus.yml" --storage.tsdb.path="$tmp/tsdb" --web.listen-address="127.0.0.1:$served" >"$tmp/prometheus.log" 2>&1 &
	pids+=($!)
	wait_for 40 says 'sriov_pf_rung{rung="enabled"} == 1' || { fail "Prometheus has no ladder: $(tail -n 3 "$tmp/prometheus.log")"; return; }
	! fires SriovVFsGone >/dev/null || fail "an alert on a healthy host"
	"$check" -o "$tmp/text/sriov.prom" "$broken"
	wait_for 40 fires SriovVFsGone || fail "VFs are gone and no alert fires"
	wait_for 20 fires SriovLadderFell || fail "the ladder fell and no alert fires"
}

units() {
	sed "s,/usr/bin/sriov-check,$check," "$top/contrib/systemd/sriov-check.service" >"$tmp/sriov-check.service"
	cp "$top/contrib/systemd/sriov-check.timer" "$tmp"
	systemd-analyze verify --man=no "$tmp/sriov-check.service" "$tmp/sriov-check.timer" >"$tmp/out" 2>&1 || fail "units: $(cat "$tmp/out")"
	! grep sriov-check "$tmp/out" || fail "units: see above"
	systemd-analyze security --offline=yes --threshold=30 --no-pager "$tmp/sriov-check.service" >"$tmp/out" 2>&1 || fail "exposure: $(tail -n 1 "$tmp/out")"
	# the capabilities that the unit leaves see what root sees
	local kept
	kept=$(sed -n 's/^CapabilityBoundingSet=//p' "$tmp/sriov-check.service" | tr 'A-Z' 'a-z' | sed 's/cap_/,+/g; s/ //g')
	if [ $EUID -eq 0 ] && setpriv --no-new-privs --bounding-set="-all$kept" true 2>/dev/null; then
		mkdir "$tmp/kept"
		setpriv --no-new-privs --bounding-set="-all$kept" "$check" -o "$tmp/kept/sriov.prom" 2>/dev/null
		"$check" -o "$tmp/kept/root.prom" 2>/dev/null
		diff "$tmp/kept/root.prom" "$tmp/kept/sriov.prom" || fail "units: capabilities"
	else
		echo "not tested: the unit's capabilities (not root, or no setpriv)"
	fi
}

role() {
	printf '%s\n' '[all]' 'one ansible_connection=local' 'two ansible_connection=local' >"$tmp/hosts"
	local run=(ansible-playbook -i "$tmp/hosts" "$top/contrib/ansible/fleet.yml" -e sriov_become=false -e "sriov_dump=$dump" -e "sriov_check=$check"
		-e "sriov_dest=$tmp/ansible" -e "sriov_remote_dir=$tmp" -e "sriov_root=$broken" -e "ansible_python_interpreter=$python")
	local LC_ALL=C.UTF-8
	export ANSIBLE_LOCALHOST_WARNING=False ANSIBLE_HOME="$tmp/.ansible" ANSIBLE_LOCAL_TEMP="$tmp/.ansible" ANSIBLE_REMOTE_TEMP="$tmp/.ansible"
	timeout 60 "${run[@]}" --syntax-check >"$tmp/out" 2>&1 || fail "role: $(cat "$tmp/out")"
	timeout 180 "${run[@]}" >"$tmp/out" 2>&1 || fail "role: $(cat "$tmp/out")"
	[ "$(jq -rs '[.[] | select(.type == "host") | .source + " " + .verdict] | join(",")' "$tmp/ansible/fleet.jsonl")" = \
		"captures/one.tar blocked,captures/two.tar blocked" ] || fail "role: the report is not of both hosts"
	! ls -d "$tmp"/sriov.?* >/dev/null 2>&1 || fail "role: something stays on the host"
}

# the command of the DaemonSet, run once, as a shell in a container would
kubernetes() {
	"$python" -c 'import sys, yaml; print(yaml.safe_load(open(sys.argv[1]))["spec"]["template"]["spec"]["containers"][0]["args"][0])' \
		"$top/contrib/kubernetes/daemonset.yaml" >"$tmp/loop" || { fail "daemonset: no command"; return; }
	mkdir "$tmp/features" "$tmp/textfiles"
	PATH=$(dirname "$check"):$PATH SRIOV_ROOT=$healthy FEATURES=$tmp/features TEXTFILES=$tmp/textfiles INTERVAL=0 timeout 60 sh "$tmp/loop" || fail "daemonset: the command"
	grep -qx 'sriov.verdict=ready' "$tmp/features/sriov" || fail "daemonset: no features"
	grep -q '^sriov_verdict' "$tmp/textfiles/sriov.prom" || fail "daemonset: no textfile"
	[ "$(ls -A "$tmp/features")" = sriov ] || fail "daemonset: leaves more than it should"
}

detector() {
	local root wanted status
	jq -e '.plugin == "custom" and (.rules[0].condition == .conditions[0].type)' "$top/contrib/kubernetes/sriov-npd.json" >/dev/null || fail "npd: configuration"
	: >"$tmp/nothing"
	while read -r wanted root; do
		SRIOV_CHECK=$check SRIOV_ROOT=$root sh "$top/contrib/kubernetes/sriov-npd" >"$tmp/out"
		status=$?
		[ $status = "$wanted" ] || fail "npd: $status, not $wanted, for $root"
		[ "$(wc -l <"$tmp/out")" = 1 ] && [ "$(wc -c <"$tmp/out")" -le 81 ] || fail "npd: the message for $root"
	done <<-EOF
		0 $healthy
		1 $broken
		2 $tmp/nothing
		2 $tmp/no-such-root
	EOF
}

sos() {
	"$python" - "$top/contrib/sos/sriov.py" <<-'EOF' || fail "sos: the plugin"
		import importlib.util, sys
		sys.dont_write_bytecode = True
		path = sys.argv[1]
		compile(open(path, encoding='utf-8').read(), path, 'exec')
		try:
		    from sos.report.plugins import Plugin, DebianPlugin, RedHatPlugin
		except ImportError:
		    print('not tested: what the plugin asks sos for (sos is not there)')
		    sys.exit(0)
		spec = importlib.util.spec_from_file_location('sriov', path)
		module = importlib.util.module_from_spec(spec)
		spec.loader.exec_module(module)
		asked = []
		plugin = module.Sriov.__new__(module.Sriov)
		plugin.get_cmd_output_path = lambda: '/archive'
		plugin.add_cmd_output = lambda commands, **_: asked.extend([commands] if isinstance(commands, str) else commands)
		plugin.setup()
		assert all(isinstance(plugin, one) for one in (Plugin, DebianPlugin, RedHatPlugin)) and plugin.plugin_name == 'sriov'
		assert [one.split()[0] for one in asked] == ['sriov-check', 'sriov-check', 'sriov-dump'], asked
	EOF
}

if have sqlite3 jq for the queries of docs/fleet.md; then queries; fi
if have promtool jq for rules and dashboard; then rules; fi
if have prometheus prometheus-node-exporter curl jq "$python" for alerts end to end; then alerts; fi
if have systemd-analyze for the systemd units; then units; fi
if have ansible-playbook jq for the Ansible role; then role; fi
if "$python" -c 'import yaml' 2>/dev/null; then kubernetes; ran=$((ran + 1)); else echo "not tested: the DaemonSet (no yaml module)"; fi
if have jq for the plugin of node-problem-detector; then detector; fi
if have "$python" for the sos plugin; then sos; fi
[ $ran -gt 0 ] || exit 77
exit $bad
