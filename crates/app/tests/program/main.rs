//! The program as its users meet it: commands, pages, the interface for other programs. One test program, so that it
//! is linked once.

mod access;
mod api;
mod calendar;
mod cli_backup;
mod cli_dossiers;
mod cli_papers;
mod cli_people;
mod cli_plan;
mod cli_rules;
mod conduct_pages;
mod desk;
mod dialogue_pages;
mod dossier_pages;
mod enterprise_pages;
mod first_start;
mod fund_pages;
mod initiative_pages;
mod law_pages;
mod ledger_pages;
mod newsroom_pages;
mod notice_pages;
mod one_connection;
mod other_units;
mod outsider_pages;
mod past_pages;
mod person_pages;
mod petition_pages;
mod programme_pages;
mod record_pages;
mod shell;
mod stock_pages;
mod submission_pages;
mod target_pages;
mod task_pages;
mod unit_pages;
