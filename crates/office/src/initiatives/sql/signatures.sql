select id, name_signature, text_signature from initiative_signatures
