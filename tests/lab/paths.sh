# shellcheck shell=sh
# Where the lab keeps what it fetches and builds; sourced by its scripts.
# The cache lies outside the tree, so a clean clone starts warm.
LAB_CACHE=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/libsriov-lab}
