select encoding as answer from pragma_encoding
