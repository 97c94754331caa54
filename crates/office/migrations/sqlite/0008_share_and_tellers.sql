alter table motions add column share_of text not null default 'all_members';

alter table meetings add column teller_one blob references council_members (id);

alter table meetings add column teller_two blob references council_members (id);
