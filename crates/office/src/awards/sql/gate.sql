select gate, document from reevaluation where id = 1
