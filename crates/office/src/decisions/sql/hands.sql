select account from draft_hands where decision = $1
