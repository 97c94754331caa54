select id, title, description, state, proposal, proposed_on, outcome, decision, decided_on, version
from obstacles
where id = $1
