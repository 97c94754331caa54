select id, decision, position, nomination, subject, subject_id, name, title, unit_name, award, leader, achievement, exception_reason,
    exception_authority, overruled, state, register_number, register_year, code, past_award, bonus_multiple, bonus_base,
    bonus_amount, bonus_citation, paid_on, signed_name, signed_title,
    (select decisions.annulled_on from decisions where decisions.id = decision_lines.decision) as annulled_on
from decision_lines
where register_number is not null
order by register_year desc, register_number desc
