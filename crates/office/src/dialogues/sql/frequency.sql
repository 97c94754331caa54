select months, ground, document, set_on, set_by from dialogue_frequency where id = 1
