-- A question of a dialogue that is an accusation: handed over by a document to whom it belongs, read by nobody since.
alter table dialogue_questions add column locked integer not null default 0;
alter table dialogue_questions add column handed_to text not null default '';
alter table dialogue_questions add column hand_over_document text not null default '';

-- A dialogue that is announced: at what hour it begins, and until which day anybody may ask to take part.
alter table dialogues add column begins text not null default '';
alter table dialogues add column register_until text;

-- Whether the office invited a guest, or he asked to take part and waits or was declined; how to reach him until the
-- dialogue is over.
alter table dialogue_guests add column standing text not null default 'invited';
alter table dialogue_guests add column phone text not null default '';
alter table dialogue_guests add column applied_on text;
alter table dialogue_guests add column reply text not null default '';
