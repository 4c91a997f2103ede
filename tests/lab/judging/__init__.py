# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds what the tools said in a guest against what its kernel did."""
