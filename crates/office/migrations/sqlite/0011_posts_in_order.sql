-- Lists of people show the oldest post of each: found in the index, without sorting.
create index posts_of_person_in_order on posts (person, from_on, id);
drop index posts_by_person;
