-- Shares that a campaign sets beside its total: for each form, as a JSON object of codes and basis points, and the
-- least share of direct workers among the persons nominated.
alter table campaigns add column worker_share_bp integer;
alter table campaigns add column form_shares text not null default '{}';
