update dialogue_guests set phone = '' where dialogue = $1
