"""What our pages cost beside the least they could cost; `make bench` runs it.

No times are claimed, only ratios within one run: machines differ, and a busy one differs from itself.
"""
