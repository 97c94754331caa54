select register, complete_since, document from registers order by register
