vacuum (full) ballot_boxes, ballot_counters
