//! The stores on real databases: every test runs on SQLite and, when `THIDUA_TEST_POSTGRES` names a
//! server, on PostgreSQL.

mod award_import;
mod awards;
mod backup;
mod calendar;
mod conduct;
mod council;
mod crash;
mod decisions;
mod demo;
mod dialogues;
mod dossier_files;
mod dossier_work;
mod dossiers;
mod enterprise_sheets;
mod enterprises;
mod every_query;
mod fund;
mod identity;
mod initiatives;
mod inspections;
mod ledger;
mod newsroom;
mod notices;
mod organization;
mod past;
mod people_import;
mod petitions;
mod programmes;
mod records;
mod reevaluation;
mod submissions;
mod targets;
mod tasks;
mod whatif;
mod works;
